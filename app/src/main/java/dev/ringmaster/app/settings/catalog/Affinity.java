package dev.ringmaster.app.settings.catalog;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.settings.ServiceLimits;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.Scheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which replica a request belongs to.
public final class Affinity {
  public static final Setting<KeyRule> KEY =
      new Setting<>(
          "key",
          Scope.SERVICE,
          Kind.parsed(
              "RULE",
              "random, uri, path, client-address, header:NAME, cookie:NAME, query:NAME,"
                  + " body:/POINTER[:N] or sticky:NAME, or several with commas between",
              KeyRule::parse),
          "random",
          "What of a request is its key: random, uri, path, client-address, header:NAME,"
              + " cookie:NAME, query:NAME, body:/POINTER[:N] (a JSON pointer, its first N characters),"
              + " sticky:NAME (a signed cookie); several in order of preference, with commas.");

  public static final Setting<Integer> BODY_KEY_BYTES =
      new Setting<>(
          "limits.body-key-bytes",
          Scope.SERVICE,
          Kind.whole(1, ServiceLimits.MOST_BODY_KEY_BYTES),
          "65536",
          "Bytes of a body that are read, and held, until its key is found.");

  public static final Setting<Duration> STICKY_MAX_AGE =
      new Setting<>(
          "sticky-max-age",
          Scope.SERVICE,
          Kind.duration(Duration.ofSeconds(1), Duration.ofDays(400)),
          null,
          "How long browsers keep a signed cookie; until they are closed if not set.");

  public static final Setting<String> HEAVY_KEYS =
      new Setting<>(
          "heavy-keys",
          Scope.SERVICE,
          Kind.choice(List.of("off", "watch", "spread")),
          "watch",
          "Keys with more than a replica's share of the requests: off, watch (find and show them)"
              + " or spread (over as many replicas as they need).");

  public static final Setting<Boolean> HEAVY_KEYS_SHOWN =
      new Setting<>(
          "heavy-keys-shown",
          Scope.SERVICE,
          Kind.yesNo(),
          "false",
          "Shows heavy keys as they are, not only their hashes.");

  public static final Setting<String> SCHEME =
      new Setting<>(
          "scheme",
          Scope.SERVICE,
          Kind.choice(Scheme.NAMES.names()),
          "seats",
          "How keys map to replicas.");

  public static final Setting<Integer> CLASSIC_SLOTS =
      new Setting<>(
          "classic-scheme.slots",
          Scope.SERVICE,
          Kind.whole(1, 1 << 20),
          "512",
          "Slots of the ring, M.");

  public static final Setting<Integer> CLASSIC_VIRTUAL_SERVERS =
      new Setting<>(
          "classic-scheme.virtual-servers",
          Scope.SERVICE,
          Kind.whole(1, 1024),
          "9",
          "Virtual servers each, K.");

  public static final Setting<String> CLASSIC_PROBING =
      new Setting<>(
          "classic-scheme.probing",
          Scope.SERVICE,
          Kind.choice(List.of("linear", "quadratic")),
          "linear",
          "Where a virtual server goes whose slot is taken.");

  public static final Setting<List<Integer>> CLASSIC_REQUEST =
      new Setting<>(
          "classic-scheme.request",
          Scope.SERVICE,
          coefficients(3),
          "1,2,17",
          "H(i) = a·i² + b·i + c, the slot of request i, as a,b,c.");

  public static final Setting<List<Integer>> CLASSIC_VIRTUAL =
      new Setting<>(
          "classic-scheme.virtual",
          Scope.SERVICE,
          coefficients(4),
          "1,1,2,25",
          "Φ(i, j) = a·i² + b·j² + c·j + d, the slot of virtual server j of server i, as a,b,c,d.");

  public static final Setting<String> HASH =
      new Setting<>(
          "hash",
          Scope.SERVICE,
          Kind.text(
              "NAME",
              "siphash, xxh3, md5, sha256, fnv1a, murmur3, polynomial:a,b,c or class:NAME",
              "siphash|xxh3|md5|sha256|fnv1a|murmur3|polynomial:[0-9]+(,[0-9]+)*|class:[\\w.$]+"),
          "siphash",
          "Hashes keys: siphash (with a secret, for keys that clients choose), xxh3, md5, sha256,"
              + " fnv1a, murmur3, polynomial:a,b,c, or class:NAME from --hash-jar.");

  public static final Setting<Path> HASH_JAR =
      new Setting<>(
          "hash-jar", Scope.SERVICE, Kind.path(), null, "Jar with the class that --hash names.");

  public static final Setting<Optional<BoundedLoad>> BOUND =
      new Setting<>(
          "bound",
          Scope.SERVICE,
          new Kind<>(
              "X|off",
              "a number above 1 and up to 32, or off",
              Kind.Form.NUMBER,
              Map.of(
                  "anyOf",
                  List.of(
                      Map.of("type", "number", "exclusiveMinimum", 1, "maximum", 32),
                      Map.of("const", "off"))),
              Affinity::bound),
          null,
          "A replica with more than X times its share of the requests in flight is passed over;"
              + " 1.25, but off for --scheme classic.");

  static final Group GROUP =
      new Group(
          "Keys and seats",
          List.of(
              KEY,
              BODY_KEY_BYTES,
              STICKY_MAX_AGE,
              SCHEME,
              CLASSIC_SLOTS,
              CLASSIC_VIRTUAL_SERVERS,
              CLASSIC_PROBING,
              CLASSIC_REQUEST,
              CLASSIC_VIRTUAL,
              HASH,
              HASH_JAR,
              BOUND,
              HEAVY_KEYS,
              HEAVY_KEYS_SHOWN));

  private Affinity() {}

  private static Kind<List<Integer>> coefficients(int count) {
    return Kind.list(Kind.whole(0, 1_000_000), count + " whole numbers", count, count);
  }

  private static Optional<BoundedLoad> bound(String text) {
    return text.equals("off")
        ? Optional.empty()
        : Optional.of(BoundedLoad.of(text, ServiceSettings.BOUND_FLOOR));
  }
}
