package dev.ringmaster.lab.product;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Finds ports that nobody listens on.
final class FreePort {
  private static final int TRIES = 100;

  /// The ports given so far: a child may not listen yet when the next port is looked for.
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /// A loopback address whose port was free a moment ago and was not given before.
  static InetSocketAddress next() throws ProductFailure {
    for (int i = 0; i < TRIES; i++) {
      InetSocketAddress free = free();
      if (GIVEN.add(free.getPort())) {
        return free;
      }
    }
    throw new ProductFailure("no free port on the loopback address after " + TRIES + " tries");
  }

  private static InetSocketAddress free() throws ProductFailure {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    } catch (IOException e) {
      throw new ProductFailure("no free port on the loopback address", e);
    }
  }
}
