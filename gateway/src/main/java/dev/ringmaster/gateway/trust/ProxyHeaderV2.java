package dev.ringmaster.gateway.trust;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetSocketAddress;

/// Version 2, the binary one.
final class ProxyHeaderV2 {
  private static final byte[] SIGNATURE = {
    '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
  };

  private static final int FIXED_BYTES = 16;
  private static final int VERSION = 0x20;
  private static final int LOCAL = 0;
  private static final int PROXY = 1;
  private static final int TCP4 = 0x11;
  private static final int TCP6 = 0x21;

  private ProxyHeaderV2() {}

  /// Whether the bytes so far are its signature; true too if there are none yet.
  static boolean startsWithSignature(ByteBuf in) {
    int common = Math.min(in.readableBytes(), SIGNATURE.length);
    for (int i = 0; i < common; i++) {
      if (in.getByte(in.readerIndex() + i) != SIGNATURE[i]) {
        return false;
      }
    }
    return true;
  }

  static ProxyHeader read(ByteBuf in) {
    int from = in.readerIndex();
    if (in.readableBytes() < FIXED_BYTES) {
      return new ProxyHeader.More();
    }
    int versionAndCommand = in.getUnsignedByte(from + 12);
    int command = versionAndCommand & 0x0F;
    int length = in.getUnsignedShort(from + 14);
    if ((versionAndCommand & 0xF0) != VERSION || command > PROXY) {
      return new ProxyHeader.Bad("a version or command that does not exist");
    }
    if (FIXED_BYTES + length > ProxyHeader.MOST_BYTES) {
      return new ProxyHeader.Bad("more than " + ProxyHeader.MOST_BYTES + " bytes");
    }
    if (in.readableBytes() < FIXED_BYTES + length) {
      return new ProxyHeader.More();
    }
    ByteBuf addresses = in.slice(from + FIXED_BYTES, length);
    int family = in.getUnsignedByte(from + 13);
    ProxyHeader header = command == LOCAL ? new ProxyHeader.Own() : proxied(family, addresses);
    if (!(header instanceof ProxyHeader.Bad)) {
      in.skipBytes(FIXED_BYTES + length);
    }
    return header;
  }

  /// Families that exist but are not TCP over IP say nothing about a client: unspecified,
  /// datagrams, Unix sockets.
  private static ProxyHeader proxied(int family, ByteBuf addresses) {
    return switch (family) {
      case TCP4 -> forClient(addresses, 4);
      case TCP6 -> forClient(addresses, 16);
      case 0x00, 0x12, 0x22, 0x31, 0x32 -> new ProxyHeader.Own();
      default -> new ProxyHeader.Bad("an address family that does not exist");
    };
  }

  private static ProxyHeader forClient(ByteBuf in, int bytes) {
    if (in.readableBytes() < 2 * bytes + 4) {
      return new ProxyHeader.Bad("a length that has no room for its addresses");
    }
    byte[] source = ByteBufUtil.getBytes(in, 0, bytes);
    byte[] destination = ByteBufUtil.getBytes(in, bytes, bytes);
    int ports = 2 * bytes;
    return new ProxyHeader.For(
        new InetSocketAddress(Address.of(source), in.getUnsignedShort(ports)),
        new InetSocketAddress(Address.of(destination), in.getUnsignedShort(ports + 2)));
  }
}
