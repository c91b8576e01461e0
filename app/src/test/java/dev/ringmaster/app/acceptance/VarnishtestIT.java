package dev.ringmaster.app.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs the scripts in `src/test/varnishtest` with Varnish's test program, which plays the clients
/// and the replicas and looks at both sides of the proxy.
///
/// A script's `# flags:` line has flags for `ringmaster up`, its `# replicas:` line their number (1
/// if there is none). Its macros: `port` of Ringmaster, `s1` and `s2` where its servers listen, and
/// keys for `--key header:X-User` whose seats are theirs: `first` and `second`. Scripts with the
/// same flags share one Ringmaster, which sends a heartbeat at its start and then none.
class VarnishtestIT {
  private static final Path SCRIPTS = Path.of("src/test/varnishtest");
  private static final Path VARNISHTEST = Path.of("/usr/bin/varnishtest");

  /// No heartbeat comes while a script's servers count their requests, and one loop keeps one pool.
  private static final String STILL = "--health-interval 1h --health-fall 1000 --event-loops 1";

  @TempDir static Path directory;
  private static final Map<Setup, Stage> STAGES = new LinkedHashMap<>();

  /// What a script asks for.
  private record Setup(String flags, int replicas) {
    static Setup of(Path script) throws IOException {
      String text = Files.readString(script);
      String replicas = comment(text, "replicas");
      return new Setup(comment(text, "flags"), replicas.isEmpty() ? 1 : Integer.parseInt(replicas));
    }

    private static String comment(String text, String name) {
      String start = "# " + name + ":";
      return text.lines()
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  /// A Ringmaster and the macros of the scripts that it runs with.
  private record Stage(RunningRingmaster ringmaster, Map<String, String> macros) {}

  @BeforeAll
  static void varnishtestIsThere() {
    assumeTrue(Files.isExecutable(VARNISHTEST), "needs varnishtest, Debian's package varnish");
  }

  @AfterAll
  static void stopAll() {
    STAGES.values().forEach(stage -> stage.ringmaster().close());
  }

  @TestFactory
  Stream<DynamicTest> scripts() throws IOException {
    List<Path> scripts;
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      scripts = files.filter(file -> file.toString().endsWith(".vtc")).sorted().toList();
    }
    assertThat(scripts).hasSizeGreaterThanOrEqualTo(40);
    return scripts.stream()
        .map(script ->
            DynamicTest.dynamicTest(script.getFileName().toString(), () -> passes(script)));
  }

  private static void passes(Path script) throws Exception {
    Setup setup = Setup.of(script);
    Stage stage = STAGES.get(setup);
    if (stage == null) {
      stage = stage(setup);
      STAGES.put(setup, stage);
    }
    List<String> command = new ArrayList<>(List.of(VARNISHTEST.toString(), "-t", "30"));
    stage.macros().forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
    command.add(script.toAbsolutePath().toString());
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Stage stage(Setup setup) throws Exception {
    List<HttpServer> stand = new ArrayList<>();
    Map<String, String> macros = new TreeMap<>();
    List<String> targets = new ArrayList<>();
    for (int i = 1; i <= setup.replicas(); i++) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", exchange -> exchange.sendResponseHeaders(204, -1));
      server.start();
      stand.add(server);
      macros.put("s" + i, Integer.toString(server.getAddress().getPort()));
      targets.add("127.0.0.1:" + server.getAddress().getPort());
    }
    List<String> flags = new ArrayList<>(List.of(STILL.split(" ")));
    flags.addAll(List.of("--targets", String.join(",", targets)));
    flags.addAll(setup.flags().isEmpty() ? List.of() : List.of(setup.flags().split(" ")));
    Path home = Files.createDirectory(directory.resolve("stage" + STAGES.size()));
    RunningRingmaster ringmaster = RunningRingmaster.start(home, flags.toArray(String[]::new));
    stand.forEach(server -> server.stop(0));
    macros.put("port", Integer.toString(ringmaster.traffic().getPort()));
    if (setup.replicas() == 2) {
      macros.put("first", keyOfSeat(ringmaster, 0));
      macros.put("second", keyOfSeat(ringmaster, 1));
    }
    return new Stage(ringmaster, macros);
  }

  private static String keyOfSeat(RunningRingmaster ringmaster, int seat) throws Exception {
    int number = 0;
    while (owner(ringmaster, "user" + number) != seat) {
      number++;
    }
    return "user" + number;
  }

  private static int owner(RunningRingmaster ringmaster, String key) throws Exception {
    return ringmaster.api("/api/explain?path=/&header=X-User:" + key).path("seat").intValue();
  }
}
