package dev.ringmaster.fleet.process;

import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Gives out ports of this machine that nobody listens on.
///
/// They are taken from below the range that the kernel gives to outgoing connections (32768 and up
/// on Linux): a port from within that range may be taken by a connection of the gateway between its
/// choice and the replica's bind. What was given out is remembered until it is given back, so two
/// starts side by side never get the same.
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;

  /// Tries before it is said that there is none; ports in use are few.
  private static final int TRIES = 1_000;

  private final RandomGenerator random;
  private final Set<Integer> given = new HashSet<>();

  public Ports(RandomGenerator random) {
    this.random = random;
  }

  synchronized int take() throws StartFailure {
    for (int i = 0; i < TRIES; i++) {
      int port = FIRST + random.nextInt(COUNT);
      if (!given.contains(port) && free(port)) {
        given.add(port);
        return port;
      }
    }
    throw new StartFailure(
        "no free port between " + FIRST + " and " + (FIRST + COUNT - 1) + " was found");
  }

  /// This one is in use by an adopted replica.
  synchronized void keep(int port) {
    given.add(port);
  }

  synchronized void giveBack(int port) {
    given.remove(port);
  }

  /// Nobody listens on it, neither on the loopback address alone nor on all.
  private static boolean free(int port) {
    return binds(InetAddress.getLoopbackAddress(), port)
        && binds(new InetSocketAddress(0).getAddress(), port);
  }

  private static boolean binds(InetAddress address, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true); // As servers do: connections that linger are no hindrance.
      probe.bind(new InetSocketAddress(address, port), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
