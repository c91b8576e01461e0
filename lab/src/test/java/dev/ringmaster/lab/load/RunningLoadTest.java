package dev.ringmaster.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RunningLoadTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] HOME = Connection.request("GET", "/home", "");

  @Test
  void everyRequestIsSentOnceOverKeptConnections() throws Exception {
    try (TinyServer server = new TinyServer(i -> greeting(i % 3 + 1))) {
      LoadResult result = run(server.address(), 900, 10, LoadPlan.AS_FAST_AS_ANSWERED);
      assertThat(result.samples()).hasSize(900);
      assertThat(result.byServer()).isEqualTo(Map.of("1", 300L, "2", 300L, "3", 300L));
      assertThat(result.byStatus()).isEqualTo(Map.of(200, 900L));
      assertThat(result.lost()).isZero();
      assertThat(server.requests()).isEqualTo(900);
      assertThat(server.connections()).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void eachRequestIsMadeFromItsNumber() throws Exception {
    var numbers = java.util.concurrent.ConcurrentHashMap.<Long>newKeySet();
    try (TinyServer server = new TinyServer(_ -> greeting(1))) {
      LoadPlan plan =
          new LoadPlan(
              server.address(),
              100,
              7,
              LoadPlan.AS_FAST_AS_ANSWERED,
              LONG,
              i -> {
                numbers.add(i);
                return HOME;
              });
      RunningLoad.start(plan, System::nanoTime).result();
    }
    assertThat(numbers).hasSize(100).contains(0L, 99L).doesNotContain(100L);
  }

  @Test
  void aConnectionClosedWithoutAnswerIsOneFailureAndTheNextRequestGetsANewOne() throws Exception {
    try (TinyServer server = new TinyServer(i -> i == 5 ? "" : greeting(1))) {
      LoadResult result = run(server.address(), 20, 1, LoadPlan.AS_FAST_AS_ANSWERED);
      assertThat(result.byFailure()).isEqualTo(Map.of(Failure.CLOSED, 1L));
      assertThat(result.lost()).isEqualTo(1);
      assertThat(result.byServer()).isEqualTo(Map.of("1", 19L));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void answersOtherThan200AreLostButAreAnswers() throws Exception {
    try (TinyServer server =
        new TinyServer(i -> i < 4 ? TinyServer.answer(503, "{}") : greeting(1))) {
      LoadResult result = run(server.address(), 10, 1, LoadPlan.AS_FAST_AS_ANSWERED);
      assertThat(result.byStatus()).isEqualTo(Map.of(200, 6L, 503, 4L));
      assertThat(result.byFailure()).isEmpty();
      assertThat(result.lost()).isEqualTo(4);
    }
  }

  @Test
  void whereNobodyListensEveryRequestFailsToConnect() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) socket.getLocalSocketAddress();
    }
    LoadResult result = run(nobody, 30, 3, LoadPlan.AS_FAST_AS_ANSWERED);
    assertThat(result.byFailure()).isEqualTo(Map.of(Failure.CONNECT, 30L));
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsATimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try (TinyServer server =
        new TinyServer(_ -> {
          awaitQuietly(never);
          return "";
        })) {
      LoadPlan plan =
          new LoadPlan(
              server.address(),
              1,
              1,
              LoadPlan.AS_FAST_AS_ANSWERED,
              Duration.ofMillis(50),
              _ -> HOME);
      LoadResult result = RunningLoad.start(plan, System::nanoTime).result();
      assertThat(result.byFailure()).isEqualTo(Map.of(Failure.TIMEOUT, 1L));
      never.countDown();
    }
  }

  @Test
  void atAFixedRateLatencyCountsFromWhenTheRequestWasDue() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (TinyServer server =
        new TinyServer(i -> {
          if (i == 0) {
            awaitQuietly(open);
          }
          return greeting(1);
        })) {
      LoadPlan plan = new LoadPlan(server.address(), 50, 1, 1000, LONG, _ -> HOME);
      long startNs = System.nanoTime();
      RunningLoad load = RunningLoad.start(plan, System::nanoTime);
      await()
          .atMost(LONG)
          .until(() -> System.nanoTime() - startNs > Duration.ofMillis(300).toNanos());
      open.countDown();
      LoadResult result = load.result();
      assertThat(result.samples()).hasSize(50);
      assertThat(result.samples().get(10).latencyNs())
          .as("a request due while the only connection was stuck")
          .isGreaterThan(Duration.ofMillis(200).toNanos());
    }
  }

  @Test
  void aFixedRateTakesAsLongAsItsRequestsAreDue() throws Exception {
    try (TinyServer server = new TinyServer(_ -> greeting(1))) {
      LoadResult result = run(server.address(), 40, 4, 200);
      assertThat(result.endNs() - result.startNs())
          .isGreaterThanOrEqualTo(Duration.ofMillis(195).toNanos());
      assertThat(result.perSecond()).isLessThanOrEqualTo(206);
    }
  }

  @Test
  void aStoppedLoadTakesUpNoMoreRequests() throws Exception {
    try (TinyServer server = new TinyServer(_ -> greeting(1))) {
      LoadPlan plan = new LoadPlan(server.address(), 1_000_000, 2, 100, LONG, _ -> HOME);
      RunningLoad load = RunningLoad.start(plan, System::nanoTime);
      await().atMost(LONG).until(() -> server.requests() > 3);
      load.stop();
      LoadResult result = load.result();
      assertThat(result.samples()).hasSizeBetween(4, 100_000);
      assertThat(result.lost()).isZero();
    }
  }

  @Test
  void aPlanWithoutRequestsOrConnectionsIsRefused() {
    InetSocketAddress target = InetSocketAddress.createUnresolved("localhost", 1);
    assertThatThrownBy(() -> new LoadPlan(target, 0, 1, 0, LONG, _ -> HOME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LoadPlan(target, 1, 0, 0, LONG, _ -> HOME))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LoadPlan(target, 1, 1, -1, LONG, _ -> HOME))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static LoadResult run(
      InetSocketAddress target, int requests, int connections, int perSecond)
      throws InterruptedException {
    LoadPlan plan = new LoadPlan(target, requests, connections, perSecond, LONG, _ -> HOME);
    return RunningLoad.start(plan, System::nanoTime).result();
  }

  private static String greeting(int server) {
    return TinyServer.answer(200, "{\"message\":\"Hello from Server: " + server + "\"}");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
