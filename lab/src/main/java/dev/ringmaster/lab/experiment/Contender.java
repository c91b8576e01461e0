package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.ring.Probing;
import dev.ringmaster.ring.RequestHash;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.VirtualServerHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// A scheme in A-4.
///
/// @param name as the report shows it
/// @param scheme with its parameters
public record Contender(String name, Scheme scheme) {

  /// Coefficients found by search: with them the classic design spreads 2 to 6 servers with a
  /// deviation of at most 203 of 10,000 requests. H is linear and odd, so it reaches all 512 slots.
  static final Scheme.Classic SPREAD_POLYNOMIALS =
      new Scheme.Classic(
          512,
          9,
          Probing.LINEAR,
          new RequestHash(0, 197, 17),
          new VirtualServerHash(37, 63, 229, 25));

  /// All schemes, the classic one with both probings and with other polynomials.
  public static List<Contender> all() {
    Scheme.Classic linear = Scheme.Classic.standard();
    Scheme quadratic =
        new Scheme.Classic(
            linear.slots(),
            linear.virtualServers(),
            Probing.QUADRATIC,
            linear.request(),
            linear.virtual());
    return List.of(
        new Contender("seats", Scheme.named("seats")),
        new Contender("jump", Scheme.named("jump")),
        new Contender("rendezvous", Scheme.named("rendezvous")),
        new Contender("maglev", Scheme.named("maglev")),
        new Contender("ring", Scheme.named("ring")),
        new Contender("ketama", Scheme.named("ketama")),
        new Contender("classic linear", linear),
        new Contender("classic quadratic", quadratic),
        new Contender("classic 197i+17", SPREAD_POLYNOMIALS));
  }

  /// The flags of `up` that choose this scheme.
  ///
  /// @param scratch where a settings file is written if flags alone do not do
  List<String> options(Path scratch) throws ProductFailure {
    if (scheme instanceof Scheme.Classic classic && !classic.equals(Scheme.Classic.standard())) {
      Path settings = scratch.resolve(name.replaceAll("[^a-z0-9]+", "-") + ".yaml");
      try {
        Files.writeString(settings, yaml(classic));
      } catch (IOException e) {
        throw new ProductFailure("cannot write " + settings, e);
      }
      return List.of("-f", settings.toString());
    }
    return List.of("--scheme", scheme.name());
  }

  private static String yaml(Scheme.Classic classic) {
    RequestHash h = classic.request();
    VirtualServerHash phi = classic.virtual();
    return """
    scheme: classic
    classic-scheme:
      slots: %d
      virtual-servers: %d
      probing: %s
      request: [%d, %d, %d]
      virtual: [%d, %d, %d, %d]
    """
        .formatted(
            classic.slots(),
            classic.virtualServers(),
            classic.probing().name().toLowerCase(Locale.ROOT),
            h.a(),
            h.b(),
            h.c(),
            phi.a(),
            phi.b(),
            phi.c(),
            phi.d());
  }
}
