package dev.ringmaster.app.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// slowhttptest with a thousand connections, in its three ways to be slow; others are served as if
/// it were not there.
class SlowClientsIT {
  private static final Path TOOL = Path.of("/usr/bin/slowhttptest");
  private static final String CONNECTIONS = "1000";

  /// Longer than the window in which a body must move and the time that a head may take.
  private static final String SECONDS = "20";

  private static final byte[] PIECE = new byte[16 << 10];
  private static final int PIECES = 256;

  @TempDir Path directory;

  @BeforeEach
  void theToolIsThere() {
    assumeTrue(Files.isExecutable(TOOL), "needs slowhttptest, a Debian package");
  }

  @Test
  void slowHeadsDisturbNobody() throws Exception {
    attackBundled("-H", "-i", "3", "-x", "16");
  }

  @Test
  void slowBodiesDisturbNobody() throws Exception {
    attackBundled("-B", "-i", "3", "-x", "16", "-s", "8192");
  }

  @Test
  void slowReadersDisturbNobody() throws Exception {
    HttpServer large =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    large.createContext("/", SlowClientsIT::answerLittle);
    large.createContext("/large", SlowClientsIT::answerMuch);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      large.setExecutor(threads);
      large.start();
      String target = "127.0.0.1:" + large.getAddress().getPort();
      try (RunningRingmaster ringmaster = RunningRingmaster.start(directory, "--targets", target)) {
        attack(ringmaster, "/large", "-X", "-w", "1", "-y", "64", "-n", "2", "-z", "32");
      }
      large.stop(0);
    }
  }

  private static void answerLittle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /// More than the kernel's buffers and Ringmaster's hold.
  private static void answerMuch(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, (long) PIECES * PIECE.length);
      for (int i = 0; i < PIECES; i++) {
        exchange.getResponseBody().write(PIECE);
      }
    }
  }

  private void attackBundled(String... way) throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory)) {
      attack(ringmaster, "/home", way);
    }
  }

  private void attack(RunningRingmaster ringmaster, String path, String... way) throws Exception {
    Path output = directory.resolve("slowhttptest.out");
    Process attacker =
        new ProcessBuilder(command(ringmaster.traffic() + path, way))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      int served = askWhile(attacker, ringmaster);
      String said = Files.readString(output, UTF_8).replaceAll("\u001B\\[[0-9;]*m", "");
      assertThat(served).as("requests of another client; the tool said %s", said).isGreaterThan(20);
      assertThat(said)
          .as("what the tool's own probes found")
          .containsPattern("service available: +YES")
          .doesNotContainPattern("service available: +NO");
    } finally {
      attacker.destroyForcibly();
    }
    assertThat(ringmaster.get("/home").statusCode()).isEqualTo(200);
  }

  private static List<String> command(String url, String... way) {
    List<String> command = new ArrayList<>(List.of(TOOL.toString()));
    command.addAll(List.of(way));
    command.addAll(List.of("-c", CONNECTIONS, "-r", "500", "-l", SECONDS, "-p", "5", "-u", url));
    return command;
  }

  /// Asks again and again until the attack is over; how often it was answered, always with 200.
  private static int askWhile(Process attacker, RunningRingmaster ringmaster) throws Exception {
    int served = 0;
    while (!attacker.waitFor(20, TimeUnit.MILLISECONDS)) {
      assertThat(ringmaster.get("/home").statusCode()).isEqualTo(200);
      served++;
    }
    return served;
  }
}
