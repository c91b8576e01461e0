package dev.ringmaster.queue.callback;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses are not of the public internet.
public final class Addresses {
  private static final int V6_BYTES = 16;
  private static final int V4_BYTES = 4;

  /// The well-known prefix of addresses that carry an IPv4 address (RFC 6052): 64:ff9b::/96.
  private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

  private Addresses() {}

  /// Whether an address is of this machine, of a private network, or otherwise not public:
  /// loopback, link-local, site-local, unique local (RFC 4193), shared (RFC 6598), multicast,
  /// unspecified, this network, reserved, or an IPv6 address that carries such an IPv4 address.
  public static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isAnyLocalAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()
        || isPrivate(address.getAddress());
  }

  private static boolean isPrivate(byte[] bytes) {
    if (bytes.length == V4_BYTES) {
      int first = bytes[0] & 0xff;
      boolean shared = first == 100 && (bytes[1] & 0xc0) == 64;
      return first == 0 || shared || first >= 240;
    }
    boolean uniqueLocal = (bytes[0] & 0xfe) == 0xfc;
    return uniqueLocal || carriesPrivate(bytes);
  }

  private static boolean carriesPrivate(byte[] bytes) {
    if (!Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
      return false;
    }
    try {
      return isPrivate(InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64.length, V6_BYTES)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }
}
