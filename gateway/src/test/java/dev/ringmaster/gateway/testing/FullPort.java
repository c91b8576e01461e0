package dev.ringmaster.gateway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A port whose queue of connections is full, so that further ones neither stand nor fail.
public final class FullPort implements AutoCloseable {
  private static final int MOST = 64;

  private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final List<Socket> queued = new ArrayList<>();

  /// Fills a port.
  ///
  /// @param patience after which a connection that does not stand shows that it is full
  public FullPort(Duration patience) throws IOException {
    for (int i = 0; i < MOST; i++) {
      Socket socket = new Socket();
      queued.add(socket);
      try {
        socket.connect(listener.getLocalSocketAddress(), (int) patience.toMillis());
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new AssertionError("the queue does not fill");
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : queued) {
      socket.close();
    }
    listener.close();
  }
}
