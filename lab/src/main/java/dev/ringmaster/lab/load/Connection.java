package dev.ringmaster.lab.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One keep-alive HTTP/1.1 connection, one request at a time. Blocks; meant for virtual threads.
public final class Connection implements AutoCloseable {
  private final Socket socket;
  private final ReplyReader reader;
  private final OutputStream out;

  private Connection(Socket socket) throws IOException {
    this.socket = socket;
    this.reader = new ReplyReader(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /// Opens a connection.
  ///
  /// @param timeout for connecting, and then for each wait for bytes
  public static Connection open(InetSocketAddress address, Duration timeout)
      throws ExchangeFailure {
    Socket socket = new Socket();
    int timeoutMs = Math.toIntExact(timeout.toMillis());
    try {
      socket.setTcpNoDelay(true);
      socket.connect(address, timeoutMs);
      socket.setSoTimeout(timeoutMs);
      return new Connection(socket);
    } catch (IOException e) {
      closeQuietly(socket);
      throw new ExchangeFailure(Failure.CONNECT, "cannot connect to " + address);
    }
  }

  /// A connection for one exchange, closed after it.
  public static Reply once(InetSocketAddress address, byte[] request, Duration timeout)
      throws ExchangeFailure {
    try (Connection connection = open(address, timeout)) {
      return connection.exchange(request);
    }
  }

  /// Sends a request, whole, and waits for the whole answer.
  public Reply exchange(byte[] request) throws ExchangeFailure {
    try {
      out.write(request);
      return reader.read(request[0] == 'H');
    } catch (ExchangeFailure e) {
      throw e;
    } catch (SocketTimeoutException e) {
      throw new ExchangeFailure(Failure.TIMEOUT, "no whole answer in time");
    } catch (IOException e) {
      throw new ExchangeFailure(Failure.CLOSED, "the connection broke: " + e.getMessage());
    }
  }

  /// The bytes of a request without a body.
  ///
  /// @param headers whole lines, each ended by CR LF; empty for none
  public static byte[] request(String method, String path, String headers) {
    return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// The bytes of a request with a JSON body.
  public static byte[] jsonRequest(String method, String path, String json) {
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, length);
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    closeQuietly(socket);
  }

  /// A socket that fails to close is gone all the same.
  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }
}
