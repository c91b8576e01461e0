package dev.ringmaster.app.run;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Asks early whether an address can be listened on, before replicas are started for nothing.
final class PortCheck {
  private PortCheck() {}

  /// Ends well if the address is free now.
  ///
  /// @param flag what chooses the port, for the message
  static void free(InetSocketAddress address, String flag) throws CannotStart {
    if (address.isUnresolved()) {
      throw new CannotStart("the address " + address.getHostString() + " is not known");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException e) {
      throw new CannotStart(message(address, flag, e), e);
    }
  }

  /// What to say of an address that cannot be had.
  static String message(InetSocketAddress address, String flag, IOException e) {
    String place = address.getHostString() + ":" + address.getPort();
    String reason = String.valueOf(e.getMessage());
    if (reason.contains("in use")) {
      String holder = PortHolder.of(address.getPort()).map(who -> " by " + who).orElse("");
      return "port %d is in use%s; choose another with %s"
          .formatted(address.getPort(), holder, flag);
    }
    return "cannot listen on " + place + ": " + reason;
  }
}
