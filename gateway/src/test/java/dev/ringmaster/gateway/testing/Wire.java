package dev.ringmaster.gateway.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/// One end of a connection, byte by byte, without any HTTP library that could be kind to us.
public final class Wire implements AutoCloseable {
  /// How long a read may block before a test fails.
  private static final int PATIENCE_MS = 20_000;

  private final Socket socket;
  private final InputStream in;

  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /// A connection to a port of this machine.
  public static Wire to(int port) throws IOException {
    return to(port, 0);
  }

  /// A connection with a receive buffer of so many bytes; 0 for the default.
  public static Wire to(int port, int receiveBufferBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    return new Wire(socket);
  }

  /// Sends text, one byte a character.
  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Sends bytes.
  public Wire send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /// Sends text from a thread of its own, while another reads; an end of the connection ends it.
  public void sendQuietly(String text) {
    try {
      send(text);
    } catch (IOException e) {
      return;
    }
  }

  /// Reads a head with its empty line.
  ///
  /// @throws EOFException if the connection ends first; the message has what came
  public String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("connection ended after: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /// Reads to the end of that text.
  public String upTo(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("connection ended after: " + text);
      }
      text.append((char) b);
    }
    return text.toString();
  }

  /// Reads so many bytes.
  public String bytes(int count) throws IOException {
    return new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
  }

  /// Reads a head and, by its Content-Length, the body.
  public String message() throws IOException {
    String head = head();
    String body = bytes(contentLength(head));
    return head + body;
  }

  /// What the head says, 0 if it says nothing.
  public static int contentLength(String head) {
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return 0;
  }

  /// Reads until the peer closes.
  public String rest() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    in.transferTo(all);
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  /// Reads and drops until the peer closes or resets.
  public void drain() {
    byte[] dropped = new byte[8192];
    try {
      while (in.read(dropped) >= 0) {}
    } catch (IOException e) {
      return;
    }
  }

  /// Reads so many bytes and drops them.
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[64 * 1024];
    long left = count;
    while (left > 0) {
      int read = in.read(dropped, 0, (int) Math.min(left, dropped.length));
      if (read < 0) {
        break;
      }
      left -= read;
    }
    return count - left;
  }

  /// Closes in the midst of a test.
  public void hangUp() throws IOException {
    socket.close();
  }

  /// Says that no more comes; reading goes on.
  public Wire endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /// Sends back what it gets until the peer says that no more comes, and then says so too.
  public void echo() throws IOException {
    in.transferTo(socket.getOutputStream());
    socket.shutdownOutput();
  }

  /// Sends so many bytes and counts them; an end of the connection ends it.
  public void sendMuch(long size, AtomicLong sent) {
    byte[] piece = new byte[1 << 18];
    try {
      for (long left = size; left > 0; left -= piece.length) {
        send(piece);
        sent.addAndGet(piece.length);
      }
    } catch (IOException e) {
      return;
    }
  }

  /// Closes so that the peer gets a reset.
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
