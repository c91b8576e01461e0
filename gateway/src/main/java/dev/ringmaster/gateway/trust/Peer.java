package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.Forwarding;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The other end of a connection: a client, or a proxy that speaks for clients.
public final class Peer {
  private static final AttributeKey<ProxyHeader.For> PROXIED =
      AttributeKey.valueOf(Peer.class, "proxied");

  private enum Standing {
    CLIENT,
    PROXY
  }

  private final InetAddress address;
  private final String scheme;
  private final String ownHost;
  private final TrustSettings trust;
  private final Standing standing;
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
    this.standing = trust.proxies().trust(address) ? Standing.PROXY : Standing.CLIENT;
    this.itself =
        new Origin(
            address,
            scheme,
            withForwarded(
                new Forwarding(Forwarding.Trust.REPLACE, Address.text(address), scheme, ownHost),
                ""));
  }

  /// Who is at the other end of a channel, or of the channel that it is a stream of: where the
  /// socket says it comes from, unless a PROXY header said more.
  public static Peer of(Channel channel, String scheme, TrustSettings trust) {
    ProxyHeader.For proxied =
        trust.proxyProtocol() == ProxyProtocol.OFF ? null : proxied(channel, channel.parent());
    InetSocketAddress from =
        proxied == null ? (InetSocketAddress) channel.remoteAddress() : proxied.source();
    InetSocketAddress here =
        proxied == null ? (InetSocketAddress) channel.localAddress() : proxied.destination();
    return new Peer(from.getAddress(), scheme, here, trust);
  }

  private static ProxyHeader.@Nullable For proxied(Channel channel, @Nullable Channel parent) {
    ProxyHeader.For said = channel.attr(PROXIED).get();
    return said != null || parent == null ? said : parent.attr(PROXIED).get();
  }

  /// The address that a connection comes from, by its PROXY header if it had one.
  public static InetAddress addressOf(Channel channel) {
    ProxyHeader.For proxied = channel.attr(PROXIED).get();
    return proxied == null
        ? ((InetSocketAddress) channel.remoteAddress()).getAddress()
        : proxied.source().getAddress();
  }

  /// Notes what the PROXY header of a connection said.
  public static void note(Channel channel, ProxyHeader.For header) {
    channel.attr(PROXIED).set(header);
  }

  /// The peer as the client: where all requests come from unless it is a trusted proxy.
  public Origin itself() {
    return itself;
  }

  /// Whether what it says about its clients is believed.
  public boolean speaksForOthers() {
    return standing == Standing.PROXY;
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
    return new Origin(hops.client(), told, withForwarded(forwarding, earlier.toString()));
  }

  private Forwarding withForwarded(Forwarding forwarding, String earlier) {
    return trust.forwarded() == ForwardedHeader.OFF
        ? forwarding
        : forwarding.withForwarded(earlier, Hops.node(address), scheme);
  }
}
