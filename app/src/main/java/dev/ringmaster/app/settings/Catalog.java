package dev.ringmaster.app.settings;

import dev.ringmaster.fleet.process.ArgumentVector;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.Scheme;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that may be set for `ringmaster up`: the one source of flags, file keys, schema and
/// documentation.
public final class Catalog {
  private static final Duration MS = Duration.ofMillis(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}";
  private static final String NAME_EXPECTED =
      "a name of at most 63 letters, digits, '_', '.' and '-' that starts with a letter or digit";
  private static final Kind<Integer> LISTEN = Kind.whole(0, 65535);
  private static final Kind<Integer> COUNT = Kind.whole(1, 1000);
  private static final Kind<Path> PATH = Kind.parsed("PATH", "a path", Path::of);
  private static final Kind<String> ADDRESS =
      Kind.text("ADDRESS", "an IP address or a host name", "[0-9a-zA-Z:.%_-]+");

  public static final Setting<Integer> PORT =
      new Setting<>("port", LISTEN, "5000", "Port for traffic; 0 takes a free one.");
  public static final Setting<String> ADDRESS_OF_TRAFFIC =
      new Setting<>("address", ADDRESS, "0.0.0.0", "Address to listen on for traffic.");
  public static final Setting<Integer> ADMIN_PORT =
      new Setting<>("admin-port", LISTEN, "5001", "Port of the console; 0 takes a free one.");
  public static final Setting<String> ADMIN_ADDRESS =
      new Setting<>("admin-address", ADDRESS, "127.0.0.1", "Address of the console.");
  public static final Setting<Path> DATA =
      new Setting<>("data", PATH, "./data", "Directory for state and the output of replicas.");

  public static final Setting<String> SERVICE =
      new Setting<>(
          "service", Kind.text("NAME", NAME_EXPECTED, NAME), "web", "Name of the service.");
  public static final Setting<Integer> REPLICAS =
      new Setting<>("replicas", Kind.whole(0, 65536), "3", "How many replicas to keep running.");
  public static final Setting<Integer> MAX_REPLICAS =
      new Setting<>("max-replicas", Kind.whole(1, 65536), "256", "The most that may be asked for.");
  public static final Setting<Integer> SPARES =
      new Setting<>(
          "spares", Kind.whole(0, 65536), "0", "Replicas kept warm to take an empty seat at once.");
  public static final Setting<String> RUNTIME =
      new Setting<>(
          "runtime",
          Kind.choice(List.of("process", "docker", "static")),
          null,
          "What runs replicas: static if targets are given, docker if an image is, else process.");
  public static final Setting<ArgumentVector> COMMAND =
      new Setting<>(
          "command",
          Kind.parsed("'PROG ARGS'", "a program and its arguments", ArgumentVector::parse),
          null,
          "Starts a replica; {port}, {name}, {id} are filled in, and PORT and SERVER_ID set in its"
              + " environment. Never given to a shell. Without it the bundled server runs.");
  public static final Setting<String> IMAGE =
      new Setting<>(
          "image", word("IMAGE", "an image name"), null, "Image of a replica's container.");
  public static final Setting<Integer> CONTAINER_PORT =
      new Setting<>(
          "container-port", Kind.whole(1, 65535), "5000", "Port that the containers listen on.");
  public static final Setting<String> NETWORK =
      new Setting<>("network", word("NAME", "a network name"), "net1", "Docker network.");
  public static final Setting<List<String>> TARGETS =
      new Setting<>(
          "targets",
          Kind.list(
              Kind.text("HOST:PORT", "a host and a port", "[^\\s,]+:[0-9]{1,5}"),
              "targets as host:port",
              1,
              1024),
          null,
          "Servers that run already: watched and routed to, not started.");

  public static final Setting<String> SCHEME =
      new Setting<>(
          "scheme", Kind.choice(Scheme.NAMES.names()), "seats", "How keys map to replicas.");
  public static final Setting<Integer> CLASSIC_SLOTS =
      new Setting<>("classic-scheme.slots", Kind.whole(1, 1 << 20), "512", "Slots of the ring, M.");
  public static final Setting<Integer> CLASSIC_VIRTUAL_SERVERS =
      new Setting<>(
          "classic-scheme.virtual-servers", Kind.whole(1, 1024), "9", "Virtual servers each, K.");
  public static final Setting<String> CLASSIC_PROBING =
      new Setting<>(
          "classic-scheme.probing",
          Kind.choice(List.of("linear", "quadratic")),
          "linear",
          "Where a virtual server goes whose slot is taken.");
  public static final Setting<List<Integer>> CLASSIC_REQUEST =
      new Setting<>(
          "classic-scheme.request",
          coefficients(3),
          "1,2,17",
          "H(i) = a·i² + b·i + c, the slot of request i, as a,b,c.");
  public static final Setting<List<Integer>> CLASSIC_VIRTUAL =
      new Setting<>(
          "classic-scheme.virtual",
          coefficients(4),
          "1,1,2,25",
          "Φ(i, j) = a·i² + b·j² + c·j + d, the slot of virtual server j of server i, as a,b,c,d.");
  public static final Setting<String> HASH =
      new Setting<>(
          "hash",
          Kind.text(
              "NAME",
              "siphash, xxh3, md5, sha256, fnv1a, murmur3, polynomial:a,b,c or class:NAME",
              "siphash|xxh3|md5|sha256|fnv1a|murmur3|polynomial:[0-9]+(,[0-9]+)*|class:[\\w.$]+"),
          "siphash",
          "Hashes keys: siphash (with a secret, for keys that clients choose), xxh3, md5, sha256,"
              + " fnv1a, murmur3, polynomial:a,b,c, or class:NAME from --hash-jar.");
  public static final Setting<Path> HASH_JAR =
      new Setting<>("hash-jar", PATH, null, "Jar with the class that --hash names.");
  public static final Setting<KeyRule> KEY =
      new Setting<>(
          "key",
          Kind.parsed(
              "RULE",
              "random, uri, path, client-address, header:NAME, cookie:NAME or query:NAME, or several"
                  + " with commas between",
              KeyRule::parse),
          "random",
          "What of a request is its key: random, uri, path, client-address, header:NAME,"
              + " cookie:NAME, query:NAME; several in order of preference, with commas.");
  public static final Setting<Boolean> CLASSIC_ANSWERS =
      new Setting<>(
          "classic-answers",
          Kind.yesNo(),
          null,
          "Turns a replica's 404 into the classic contract's 400; on for the bundled server.");
  public static final Setting<Optional<BoundedLoad>> BOUND =
      new Setting<>(
          "bound",
          new Kind<>(
              "X|off",
              "a number above 1 and up to 32, or off",
              Kind.Form.NUMBER,
              Map.of(
                  "anyOf",
                  List.of(
                      Map.of("type", "number", "exclusiveMinimum", 1, "maximum", 32),
                      Map.of("const", "off"))),
              Catalog::bound),
          null,
          "A replica with more than X times its share of the requests in flight is passed over;"
              + " 1.25, but off for --scheme classic.");

  public static final Setting<String> CONTROL =
      new Setting<>(
          "control",
          Kind.choice(List.of("loopback", "open", "off")),
          "loopback",
          "Who may /add and /rm on the traffic port: this machine, everyone, no one.");
  public static final Setting<Path> TOKEN_FILE =
      new Setting<>(
          "token-file", PATH, null, "File with the bearer token that control then needs.");

  public static final Setting<String> HEALTH_PATH =
      new Setting<>(
          "health.path",
          Kind.text("PATH", "a path that starts with /", "/[\\x21-\\x7e]{0,1023}"),
          "/heartbeat",
          "Path of the heartbeat; any answer below 500 is a sign of life.");
  public static final Setting<Duration> HEALTH_INTERVAL =
      new Setting<>("health.interval", Kind.duration(MS, HOUR), "2s", "Time between heartbeats.");
  public static final Setting<Duration> HEALTH_TIMEOUT =
      new Setting<>("health.timeout", Kind.duration(MS, HOUR), "1s", "Wait for their answer.");
  public static final Setting<Integer> HEALTH_FALL =
      new Setting<>("health.fall", COUNT, "3", "Failures in a row that take a replica out.");
  public static final Setting<Integer> HEALTH_RISE =
      new Setting<>("health.rise", COUNT, "2", "Answers in a row that bring it back.");
  public static final Setting<Double> HEALTH_JITTER =
      new Setting<>(
          "health.jitter", Kind.number(0, 0.5), "0.1", "Random part of the interval, each way.");
  public static final Setting<Duration> HEALTH_START_TIMEOUT =
      new Setting<>(
          "health.start-timeout",
          Kind.duration(MS, HOUR),
          "30s",
          "Wait for a new replica to serve.");

  public static final Setting<Duration> DRAIN_TIMEOUT =
      new Setting<>(
          "drain-timeout", Kind.duration(Duration.ZERO, DAY), "30s", "Time for requests to end.");
  public static final Setting<Duration> STOP_GRACE =
      new Setting<>(
          "stop-grace", Kind.duration(Duration.ZERO, DAY), "5s", "From asking to stop to force.");
  public static final Setting<Integer> KILL_BUDGET =
      new Setting<>(
          "kill-budget",
          Kind.whole(1, 65536),
          "1",
          "Hung replicas replaced at a time (or a tenth, if that is more; never the last one).");

  public static final Setting<Duration> TIMEOUT_CONNECT =
      new Setting<>("timeouts.connect", Kind.duration(MS, HOUR), "1s", "Connect to a replica.");
  public static final Setting<Duration> TIMEOUT_FIRST_BYTE =
      new Setting<>(
          "timeouts.first-byte",
          Kind.duration(MS, DAY),
          "30s",
          "First byte of an answer; else 504.");
  public static final Setting<Duration> TIMEOUT_IDLE =
      new Setting<>("timeouts.idle", Kind.duration(MS, DAY), "60s", "Silence on a connection.");
  public static final Setting<Duration> TIMEOUT_HEAD =
      new Setting<>("timeouts.head", Kind.duration(MS, HOUR), "10s", "A request's head; else 408.");
  public static final Setting<Duration> TIMEOUT_HEAL =
      new Setting<>(
          "timeouts.heal",
          Kind.duration(Duration.ZERO, HOUR),
          "3s",
          "Wait for a replica to serve again when none is left to try; else 503.");
  public static final Setting<Double> RETRY_BUDGET =
      new Setting<>("retry.budget", Kind.number(0, 1), "0.2", "Retries as a share of requests.");
  public static final Setting<Integer> RETRY_PER_SECOND =
      new Setting<>(
          "retry.per-second",
          Kind.whole(0, 1_000_000),
          "10",
          "Retries a second beside the budget.");
  public static final Setting<Integer> RETRY_TRIES =
      new Setting<>(
          "retry.tries", Kind.whole(1, 8), "3", "Replicas that one request may be sent to.");

  public static final Setting<String> ACCESS_LOG =
      new Setting<>(
          "access-log",
          word("off|-|PATH", "off, - or a path"),
          "off",
          "One JSON line a request to standard output (-) or a file that is rotated by size.");
  public static final Setting<Integer> EVENT_LOOPS =
      new Setting<>("event-loops", Kind.whole(0, 1024), "0", "Event loops; 0 is one a core.");
  public static final Setting<String> TRANSPORT =
      new Setting<>(
          "transport",
          Kind.choice(List.of("auto", "io_uring", "epoll", "nio")),
          "auto",
          "How bytes reach the kernel; auto takes the first that works.");

  /// All of them, in the order of help and documentation.
  public static final List<Setting<?>> ALL =
      List.of(
          PORT,
          ADDRESS_OF_TRAFFIC,
          ADMIN_PORT,
          ADMIN_ADDRESS,
          DATA,
          SERVICE,
          REPLICAS,
          MAX_REPLICAS,
          SPARES,
          RUNTIME,
          COMMAND,
          IMAGE,
          CONTAINER_PORT,
          NETWORK,
          TARGETS,
          SCHEME,
          CLASSIC_SLOTS,
          CLASSIC_VIRTUAL_SERVERS,
          CLASSIC_PROBING,
          CLASSIC_REQUEST,
          CLASSIC_VIRTUAL,
          HASH,
          HASH_JAR,
          KEY,
          CLASSIC_ANSWERS,
          BOUND,
          CONTROL,
          TOKEN_FILE,
          HEALTH_PATH,
          HEALTH_INTERVAL,
          HEALTH_TIMEOUT,
          HEALTH_FALL,
          HEALTH_RISE,
          HEALTH_JITTER,
          HEALTH_START_TIMEOUT,
          DRAIN_TIMEOUT,
          STOP_GRACE,
          KILL_BUDGET,
          TIMEOUT_CONNECT,
          TIMEOUT_FIRST_BYTE,
          TIMEOUT_IDLE,
          TIMEOUT_HEAD,
          TIMEOUT_HEAL,
          RETRY_BUDGET,
          RETRY_PER_SECOND,
          RETRY_TRIES,
          ACCESS_LOG,
          EVENT_LOOPS,
          TRANSPORT);

  private Catalog() {}

  private static Kind<String> word(String label, String expected) {
    return Kind.text(label, expected, "\\S+");
  }

  private static Kind<List<Integer>> coefficients(int count) {
    return Kind.list(Kind.whole(0, 1_000_000), count + " whole numbers", count, count);
  }

  private static Optional<BoundedLoad> bound(String text) {
    return text.equals("off")
        ? Optional.empty()
        : Optional.of(BoundedLoad.of(text, GatewaySettings.BOUND_FLOOR));
  }
}
