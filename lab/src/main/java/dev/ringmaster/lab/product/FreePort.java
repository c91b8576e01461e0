package dev.ringmaster.lab.product;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Finds ports that nobody listens on.
final class FreePort {
  private FreePort() {}

  /// A loopback address whose port was free a moment ago.
  static InetSocketAddress next() throws ProductFailure {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    } catch (IOException e) {
      throw new ProductFailure("no free port on the loopback address", e);
    }
  }
}
