package dev.ringmaster.app.run;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that runs already, for `targets`. It answers each request with its name and the
/// request's target, `/slow` once it is told to, and an upgrade with an echo of all that follows.
final class GivenServer implements AutoCloseable {
  private final String name;
  private final ServerSocket listener;
  private final CountDownLatch slow = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger slowAsked = new AtomicInteger();

  GivenServer(String name) throws IOException {
    this.name = name;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /// As a target is written.
  String target() {
    return "127.0.0.1:" + listener.getLocalPort();
  }

  /// How many connections came, heartbeats' included.
  int connections() {
    return connections.get();
  }

  /// How many requests wait for [#answerSlow], or did.
  int slowAsked() {
    return slowAsked.get();
  }

  void answerSlow() {
    slow.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      while (!head.isEmpty() && !answered(socket, head)) {
        head = head(socket.getInputStream());
      }
    } catch (IOException | InterruptedException e) {
      // The other side has gone.
    }
  }

  /// Whether the connection has been used up by it.
  private boolean answered(Socket socket, String head) throws IOException, InterruptedException {
    OutputStream out = socket.getOutputStream();
    if (head.toLowerCase(Locale.ROOT).contains("upgrade: echo")) {
      send(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: echo\r\n\r\n");
      socket.getInputStream().transferTo(out);
      return true;
    }
    String target = head.split(" ", 3)[1];
    if (target.equals("/slow")) {
      slowAsked.incrementAndGet();
      slow.await();
    }
    String body = name + " " + target;
    send(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    return false;
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(US_ASCII));
  }

  /// A head with its empty line; empty at the end of the connection.
  static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return "";
      }
      head.append((char) b);
    }
    return head.toString();
  }

  @Override
  public void close() throws IOException {
    slow.countDown();
    listener.close();
  }
}
