package dev.ringmaster.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// How a server listens and what it offers beside the contract.
///
/// @param address the address to listen on; null for all
/// @param testEndpoints whether the paths of [TestEndpoints] exist
/// @param maxConnections the most connections open at once; one more is closed at once
public record Options(@Nullable InetAddress address, boolean testEndpoints, int maxConnections) {

  /// More than a balancer opens to one replica, and few enough to stay within 200 MB.
  public static final int MAX_CONNECTIONS = 4096;

  /// All addresses, the contract's paths only.
  public static final Options CONTRACT = new Options(null, false, MAX_CONNECTIONS);

  /// The loopback address, and the test paths too.
  public static final Options FOR_TESTS =
      new Options(InetAddress.getLoopbackAddress(), true, MAX_CONNECTIONS);

  InetSocketAddress at(int port) {
    return address == null ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }
}
