package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.ToReplicas;
import dev.ringmaster.fleet.health.Probe;
import dev.ringmaster.gateway.settings.ReplicaLink;
import dev.ringmaster.gateway.settings.ReplicaLink.Protocol;
import dev.ringmaster.gateway.settings.ReplicaLink.Trust;
import dev.ringmaster.gateway.tls.ReplicaTls;
import dev.ringmaster.gateway.tls.Unusable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How replicas are spoken to, from the settings.
final class Links {
  private Links() {}

  /// For requests.
  static ReplicaLink link(Values values) {
    return new ReplicaLink(
        protocol(values),
        trust(values),
        values.find(ToReplicas.CA).orElse(null),
        values.find(ToReplicas.SERVER_NAME).orElse(null));
  }

  /// TLS for requests, with the file of authorities read; null for none.
  ///
  /// @throws CannotStart if that cannot be used; the message says why
  static @Nullable ReplicaTls tls(ReplicaLink link) throws CannotStart {
    try {
      return ReplicaTls.of(link);
    } catch (Unusable e) {
      throw new CannotStart("replica-tls.ca: " + e.getMessage(), e);
    }
  }

  /// For heartbeats.
  static Probe probe(Values values) {
    boolean tls = trust(values) != Trust.NO_TLS;
    return switch (protocol(values)) {
      case HTTP1 -> tls ? Probe.HTTP1_TLS : Probe.HTTP1;
      case HTTP2 -> tls ? Probe.HTTP2_TLS : Probe.HTTP2;
    };
  }

  private static Protocol protocol(Values values) {
    return Protocol.valueOf(values.get(ToReplicas.PROTOCOL).toUpperCase(Locale.ROOT));
  }

  private static Trust trust(Values values) {
    String word = values.get(ToReplicas.TRUST);
    return Trust.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
