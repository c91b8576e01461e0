package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.Forwarding;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The other end of a connection: a client, or a proxy that speaks for clients.
public final class Peer {
  private final InetAddress address;
  private final String scheme;
  private final String ownHost;
  private final TrustSettings trust;
  private final Origin itself;

  /// Who has connected.
  ///
  /// @param address where from
  /// @param scheme `http` or `https`, how it reached us
  /// @param here where it reached us
  public Peer(InetAddress address, String scheme, InetSocketAddress here, TrustSettings trust) {
    this.address = address;
    this.scheme = scheme;
    this.ownHost = NetUtil.toSocketAddressString(here);
    this.trust = trust;
    this.itself =
        new Origin(
            address,
            withForwarded(
                new Forwarding(Forwarding.Trust.REPLACE, Address.text(address), scheme, ownHost),
                ""));
  }

  /// The peer as the client: where all requests come from unless it is a trusted proxy.
  public Origin itself() {
    return itself;
  }

  /// Whether what it says about its clients is believed.
  public boolean speaksForOthers() {
    return trust.proxies().trust(address);
  }

  /// Where a request of a trusted proxy comes from.
  public Origin originOf(RequestHead head) {
    boolean rfc7239 = trust.forwarded() == ForwardedHeader.ON && head.has(KnownHeader.FORWARDED);
    Hops hops =
        rfc7239
            ? Forwarded.read(head, address, trust.proxies())
            : XForwarded.read(head, address, trust.proxies());
    @Nullable String first = hops.scheme();
    String told = first == null ? scheme : first;
    Forwarding forwarding = new Forwarding(Forwarding.Trust.EXTEND, hops.list(), told, ownHost);
    String host = hops.host();
    forwarding = host == null ? forwarding : forwarding.withHost(host);
    StringBuilder earlier = new StringBuilder();
    hops.elements().forEach(element -> earlier.append(element).append(", "));
    return new Origin(hops.client(), withForwarded(forwarding, earlier.toString()));
  }

  private Forwarding withForwarded(Forwarding forwarding, String earlier) {
    return trust.forwarded() == ForwardedHeader.OFF
        ? forwarding
        : forwarding.withForwarded(earlier, Hops.node(address), scheme);
  }
}
