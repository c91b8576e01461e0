package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Affinity;
import dev.ringmaster.ring.Probing;
import dev.ringmaster.ring.RequestHash;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.VirtualServerHash;
import dev.ringmaster.ring.hash.HashFunction;
import java.util.List;
import java.util.Locale;

/// The scheme and the hash function that are set.
final class Schemes {
  private Schemes() {}

  static Scheme scheme(Values values) {
    String name = values.get(Affinity.SCHEME);
    return name.equals("classic") ? classic(values) : Scheme.named(name);
  }

  private static Scheme classic(Values values) {
    List<Integer> request = values.get(Affinity.CLASSIC_REQUEST);
    List<Integer> virtual = values.get(Affinity.CLASSIC_VIRTUAL);
    return new Scheme.Classic(
        values.get(Affinity.CLASSIC_SLOTS),
        values.get(Affinity.CLASSIC_VIRTUAL_SERVERS),
        Probing.valueOf(values.get(Affinity.CLASSIC_PROBING).toUpperCase(Locale.ROOT)),
        new RequestHash(request.get(0), request.get(1), request.get(2)),
        new VirtualServerHash(virtual.get(0), virtual.get(1), virtual.get(2), virtual.get(3)));
  }

  /// The hash of keys.
  ///
  /// @param secret for the keyed ones
  static HashFunction hash(Values values, byte[] secret) throws CannotStart {
    try {
      return HashFunction.named(
          values.get(Affinity.HASH), secret, values.find(Affinity.HASH_JAR).orElse(null));
    } catch (IllegalArgumentException e) {
      throw new CannotStart("--hash: " + e.getMessage(), e);
    }
  }
}
