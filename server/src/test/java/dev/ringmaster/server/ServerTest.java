package dev.ringmaster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The life of a server: starting, stopping, refusing to start.
final class ServerTest {
  @Test
  void anAnswerInFlightEndsBeforeTheServerDoes() throws Exception {
    Server server = Server.start(0, "1", Options.FOR_TESTS);
    try (Wire busy = new Wire(server);
        Wire idle = new Wire(server)) {
      idle.get("/home").reply();
      busy.get("/test/slow/40/10");
      String begun = busy.onlyHead();
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      assertThat(idle.rest()).isEmpty();
      assertThat(begun).contains("Content-Length: 40");
      assertThat(busy.rest()).isEqualTo("x".repeat(40));
      closing.get(20, TimeUnit.SECONDS);
      assertThatThrownBy(() -> new Wire(server)).isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void anAnswerThatTakesTooLongIsCut() throws Exception {
    Server server = Server.start(0, "1", Options.FOR_TESTS);
    try (Wire stuck = new Wire(server)) {
      stuck.get("/test/slow/60/1000").onlyHead();
      server.close();
      assertThat(stuck.restOrReset().length()).isLessThan(60);
    }
  }

  @Test
  void closingTwiceDoesNothingMore() throws IOException {
    Server server = Server.start(0, "1", Options.FOR_TESTS);
    server.close();
    server.close();
    assertThatThrownBy(() -> new Wire(server)).isInstanceOf(ConnectException.class);
  }

  @Test
  void manyConnectionsAreServedAtOnce() throws Exception {
    int count = Listener.PLATFORM_CONNECTIONS + 50;
    try (Server server = Server.start(0, "1", Options.FOR_TESTS)) {
      List<Wire> wires = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        wires.add(new Wire(server).get("/test/delay/200"));
      }
      for (Wire wire : wires) {
        assertThat(wire.reply().status()).isEqualTo(200);
        wire.close();
      }
    }
  }

  @Test
  void connectionsAboveTheLimitAreClosedAndTheRestServed() throws IOException {
    Options two = new Options(InetAddress.getLoopbackAddress(), false, 2);
    try (Server server = Server.start(0, "1", two);
        Wire first = new Wire(server)) {
      first.get("/home").reply();
      try (Wire second = new Wire(server);
          Wire third = new Wire(server)) {
        second.get("/home").reply();
        assertThat(third.restOrReset()).isEmpty();
        assertThat(first.get("/home").reply().status()).isEqualTo(200);
      }
      Awaitility.await().ignoreExceptions().until(() -> answersHome(server));
    }
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws IOException {
    try (ServerSocket taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());
      assertThatThrownBy(() -> Server.start(taken.getLocalPort(), "1", Options.CONTRACT).close())
          .isInstanceOf(BindException.class);
      ByteArrayOutputStream errors = new ByteArrayOutputStream();
      int code = Server.run(Map.of("PORT", port, "SERVER_ID", "1"), List.of(), print(errors));
      assertThat(code).isEqualTo(3);
      assertThat(errors.toString(StandardCharsets.UTF_8))
          .startsWith("ringmaster server: cannot listen on port " + port + ": ")
          .hasLineCount(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, '', PORT must be from 1 to 65535",
    "65536, '', PORT must be from 1 to 65535",
    "abc, '', PORT must be from 1 to 65535",
    "5000, --tests, unknown option --tests",
    "5000, --address, --address expects an IP address",
    "5000, --address nowhere.invalid, --address expects an IP address"
  })
  void wrongSettingsAreNamed(String port, String args, String expected) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> list = args.isEmpty() ? List.of() : List.of(args.split(" "));
    assertThat(Server.run(Map.of("PORT", port), list, print(errors))).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains(expected).hasLineCount(1);
  }

  @Test
  void aRehearsalEndsByItselfAndSaysNothing() {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    assertThat(Server.run(Map.of(), List.of("--rehearse"), print(errors))).isZero();
    assertThat(errors.size()).isZero();
  }

  @Test
  void settingsComeFromTheEnvironmentAndTheArguments() {
    Server.Settings defaults = Server.Settings.of(Map.of("HOSTNAME", "box"), List.of());
    assertThat(defaults).isEqualTo(new Server.Settings(5000, "box", Options.CONTRACT));
    assertThat(Server.Settings.of(Map.of("SERVER_ID", ""), List.of()).id()).isNotEmpty();
    Server.Settings all =
        Server.Settings.of(
            Map.of("SERVER_ID", "7", "PORT", "81", "RINGMASTER_TEST_ENDPOINTS", "1"),
            List.of("--address", "127.0.0.1"));
    assertThat(all).isEqualTo(new Server.Settings(81, "7", Options.FOR_TESTS));
    Map<String, String> env = Map.of("SERVER_ID", "7");
    assertThat(Server.Settings.of(env, List.of("--test-endpoints")).options().testEndpoints())
        .isTrue();
  }

  private static boolean answersHome(Server server) throws IOException {
    try (Wire wire = new Wire(server)) {
      return wire.get("/home").reply().status() == 200;
    }
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
