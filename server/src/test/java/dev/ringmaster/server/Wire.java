package dev.ringmaster.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A raw connection to a server, which sends exactly the bytes given.
final class Wire implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;

  Wire(Server server) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(20_000);
    in = socket.getInputStream();
  }

  Wire send(String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Wire get(String target) throws IOException {
    return send("GET " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /// Reads one answer, its body by Content-Length or chunks; the text of its head comes first.
  Reply reply() throws IOException {
    return reply(true);
  }

  /// Reads one answer to a HEAD request.
  Reply headReply() throws IOException {
    return reply(false);
  }

  private Reply reply(boolean withBody) throws IOException {
    String head = line();
    for (String line = line(); !line.isEmpty(); line = line()) {
      head += "\n" + line;
    }
    String lower = head.toLowerCase(Locale.ROOT);
    String body = "";
    if (withBody && lower.contains("transfer-encoding: chunked")) {
      body = chunks();
    } else if (withBody && lower.contains("content-length: ")) {
      String length = lower.substring(lower.indexOf("content-length: ") + 16).split("\n", 2)[0];
      body = new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
    }
    return new Reply(head, body);
  }

  /// Reads the head of an answer only.
  String onlyHead() throws IOException {
    return reply(false).head();
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
      if (!line().isEmpty()) {
        throw new IOException("a chunk does not end where its size says");
      }
      if (size == 0) {
        return body.toString();
      }
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int octet = in.read(); octet != '\r'; octet = in.read()) {
      if (octet < 0) {
        throw new IOException("the connection ended inside a line: " + line);
      }
      line.write(octet);
    }
    if (in.read() != '\n') {
      throw new IOException("a line does not end in CR LF: " + line);
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /// All bytes until the server closes the connection.
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  /// All bytes until the server closes or resets the connection.
  String restOrReset() throws IOException {
    StringBuilder rest = new StringBuilder();
    try {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        rest.append((char) octet);
      }
    } catch (SocketException reset) {
      return rest.toString();
    }
    return rest.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /// @param head status line and fields, separated by line feeds
  /// @param body decoded from UTF-8
  record Reply(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ", 3)[1]);
    }
  }
}
