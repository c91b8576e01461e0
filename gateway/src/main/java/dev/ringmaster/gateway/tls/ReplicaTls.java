package dev.ringmaster.gateway.tls;

import dev.ringmaster.gateway.settings.ReplicaLink;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// TLS towards the replicas of a service. The certificate and the name in it are verified unless
/// the settings say that anyone will do.
public final class ReplicaTls {
  private final SslContext context;
  private final @Nullable String serverName;

  private ReplicaTls(SslContext context, @Nullable String serverName) {
    this.context = context;
    this.serverName = serverName;
  }

  /// What the settings ask for; null for no TLS.
  ///
  /// @throws Unusable if the file of authorities cannot be used
  public static @Nullable ReplicaTls of(ReplicaLink link) throws Unusable {
    if (link.trust() == ReplicaLink.Trust.NO_TLS) {
      return null;
    }
    boolean verified = link.trust() == ReplicaLink.Trust.VERIFIED;
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(Provider.best().netty())
            .endpointIdentificationAlgorithm(verified ? "HTTPS" : null);
    Path authorities = link.authorities();
    if (!verified) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    } else if (authorities != null) {
      builder.trustManager(Certificates.read(authorities));
    }
    if (link.protocol() == ReplicaLink.Protocol.HTTP2) {
      builder.applicationProtocolConfig(
          new ApplicationProtocolConfig(
              Protocol.ALPN,
              SelectorFailureBehavior.NO_ADVERTISE,
              SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2));
    }
    try {
      return new ReplicaTls(builder.build(), link.serverName());
    } catch (SSLException e) {
      throw new Unusable("TLS to replicas cannot be set up: " + e.getMessage(), e);
    }
  }

  /// The handler of one connection.
  public SslHandler handler(ByteBufAllocator allocator, InetSocketAddress address) {
    String name = serverName == null ? address.getHostString() : serverName;
    return context.newHandler(allocator, name, address.getPort());
  }
}
