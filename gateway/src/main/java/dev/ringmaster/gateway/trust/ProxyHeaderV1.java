package dev.ringmaster.gateway.trust;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Version 1, one line of text.
final class ProxyHeaderV1 {
  private static final String WORD = "PROXY ";
  private static final int MOST_BYTES = 107;
  private static final int HIGHEST_PORT = 65_535;

  private ProxyHeaderV1() {}

  /// Whether the bytes so far begin such a line.
  static boolean startsWithWord(ByteBuf in) {
    int common = Math.min(in.readableBytes(), WORD.length());
    for (int i = 0; i < common; i++) {
      if (in.getByte(in.readerIndex() + i) != WORD.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  static ProxyHeader read(ByteBuf in) {
    int from = in.readerIndex();
    int most = Math.min(in.readableBytes(), MOST_BYTES);
    int lineFeed = in.indexOf(from, from + most, (byte) '\n');
    if (lineFeed < 0) {
      return most < MOST_BYTES
          ? new ProxyHeader.More()
          : new ProxyHeader.Bad("a line that does not end");
    }
    if (in.getByte(lineFeed - 1) != '\r') {
      return new ProxyHeader.Bad("a line that does not end in CR LF");
    }
    String line = in.toString(from, lineFeed - 1 - from, StandardCharsets.ISO_8859_1);
    ProxyHeader header = line(line);
    if (!(header instanceof ProxyHeader.Bad)) {
      in.readerIndex(lineFeed + 1);
    }
    return header;
  }

  private static ProxyHeader line(String line) {
    String[] parts = line.split(" ", -1);
    if (parts[1].equals("UNKNOWN")) {
      return new ProxyHeader.Own();
    }
    boolean six = parts[1].equals("TCP6");
    if (parts.length != 6 || !(six || parts[1].equals("TCP4"))) {
      return new ProxyHeader.Bad("a line that is not of the form");
    }
    @Nullable InetSocketAddress source = address(parts[2], parts[4], six);
    @Nullable InetSocketAddress destination = address(parts[3], parts[5], six);
    return source == null || destination == null
        ? new ProxyHeader.Bad("an address or port that is none")
        : new ProxyHeader.For(source, destination);
  }

  private static @Nullable InetSocketAddress address(String host, String port, boolean six) {
    InetAddress address = host.indexOf(':') >= 0 == six ? Address.literal(host) : null;
    int number = port(port);
    return address == null || number < 0 ? null : new InetSocketAddress(address, number);
  }

  private static int port(String digits) {
    boolean fits = !digits.isEmpty() && digits.length() <= 5;
    for (int i = 0; i < digits.length() && fits; i++) {
      fits = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    fits &= digits.length() == 1 || !digits.startsWith("0");
    int number = fits ? Integer.parseInt(digits) : -1;
    return number <= HIGHEST_PORT ? number : -1;
  }
}
