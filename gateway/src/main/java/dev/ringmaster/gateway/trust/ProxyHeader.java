package dev.ringmaster.gateway.trust;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/// What stands at the start of a connection that speaks the PROXY protocol, version 1 or 2 (HAProxy,
/// doc/proxy-protocol.txt, 2020).
///
///     v1  "PROXY TCP4 " source " " destination " " port " " port CR LF       at most 107 bytes
///     v2  signature 12 | version 4 bit, command 4 bit | family 1 | length 2 | addresses | TLVs
///
/// Read strictly: what the text does not allow is [Bad]. TLVs are stepped over.
public sealed interface ProxyHeader {
  /// More bytes must come.
  record More() implements ProxyHeader {}

  /// Not a header; the connection must be closed.
  ///
  /// @param reason what is wrong, without bytes of the peer
  record Bad(String reason) implements ProxyHeader {}

  /// The proxy speaks for itself (a health check), or does not know: the connection's own addresses
  /// hold.
  record Own() implements ProxyHeader {}

  /// The connection was made for a client.
  ///
  /// @param source the client
  /// @param destination where the client connected to
  record For(InetSocketAddress source, InetSocketAddress destination) implements ProxyHeader {}

  /// The longest header that is read; only version 2 with large TLVs comes near it.
  int MOST_BYTES = 4_096;

  /// Reads a header and moves the reader index behind it, if it is whole and in order.
  static ProxyHeader read(ByteBuf in) {
    if (ProxyHeaderV2.startsWithSignature(in)) {
      return ProxyHeaderV2.read(in);
    }
    return ProxyHeaderV1.startsWithWord(in)
        ? ProxyHeaderV1.read(in)
        : new Bad("no PROXY protocol header");
  }
}
