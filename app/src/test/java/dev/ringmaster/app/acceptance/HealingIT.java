package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client notices of deaths, hangs and changes: nothing.
class HealingIT {
  private static final Map<String, Integer> NOTHING_LOST = Map.of("200", 10_000);

  @TempDir Path directory;

  @Test
  void aKilledReplicaCostsNoRequestAndIsReplacedUnderANewName() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory)) {
      Map<String, ProcessHandle> replicas = ringmaster.replicas();
      String victim = replicas.keySet().iterator().next();
      try (Storm storm = Storm.begin(ringmaster.traffic().resolve("/home"), 10_000, 20)) {
        await().atMost(RunningRingmaster.PATIENCE).until(() -> storm.done() > 1000);
        RunningRingmaster.signal("KILL", replicas.get(victim));
        assertThat(storm.end()).isEqualTo(NOTHING_LOST);
      }
      ringmaster.awaitServing(3);
      assertThat(ringmaster.names()).hasSize(3).doesNotContain(victim);
      assertThat(ringmaster.stop()).isZero();
    }
  }

  @Test
  void nothingIsLostWhileAReplicaIsKilledOneAddedAndOneRemoved() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory)) {
      Map<String, ProcessHandle> replicas = ringmaster.replicas();
      var names = replicas.keySet().iterator();
      String killed = names.next();
      String removed = names.next();
      try (Storm storm = Storm.begin(ringmaster.traffic().resolve("/home"), 10_000, 100)) {
        await().atMost(RunningRingmaster.PATIENCE).until(() -> storm.done() > 500);
        RunningRingmaster.signal("KILL", replicas.get(killed));
        ringmaster.send("POST", "/add", "{\"n\":1,\"hostnames\":[\"extra\"]}");
        ringmaster.send("DELETE", "/rm", "{\"n\":1,\"hostnames\":[\"" + removed + "\"]}");
        assertThat(storm.end()).isEqualTo(NOTHING_LOST);
      }
      ringmaster.awaitServing(3);
      assertThat(ringmaster.names()).contains("extra").doesNotContain(killed, removed);
    }
  }

  @Test
  void aHungReplicaIsReplaced() throws Exception {
    try (RunningRingmaster ringmaster =
        RunningRingmaster.start(
            directory, "--health-interval", "200ms", "--health-timeout", "500ms")) {
      Map<String, ProcessHandle> replicas = ringmaster.replicas();
      String victim = replicas.keySet().iterator().next();
      RunningRingmaster.signal("STOP", replicas.get(victim));
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .untilAsserted(() -> assertThat(ringmaster.names()).doesNotContain(victim));
      ringmaster.awaitServing(3);
      await().atMost(RunningRingmaster.PATIENCE).until(() -> !replicas.get(victim).isAlive());
    }
  }

  @Test
  void aNewRingmasterAdoptsTheReplicasOfAKilledOne() throws Exception {
    Set<Long> before;
    RunningRingmaster first = RunningRingmaster.start(directory);
    try {
      before = pids(first);
      first.kill();
    } catch (Exception | AssertionError e) {
      first.close();
      throw e;
    }
    try (RunningRingmaster second = RunningRingmaster.start(directory)) {
      assertThat(pids(second)).isEqualTo(before);
      assertThat(second.get("/home").statusCode()).isEqualTo(200);
      assertThat(second.stop()).isZero();
    } finally {
      first.close();
    }
  }

  @Test
  void aCleanStopLeavesNothingBehind() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory)) {
      Map<String, ProcessHandle> replicas = ringmaster.replicas();
      assertThat(replicas).hasSize(3);
      assertThat(ringmaster.stop()).isZero();
      assertThat(replicas.values()).noneMatch(ProcessHandle::isAlive);
    }
    try (RunningRingmaster again = RunningRingmaster.start(directory)) {
      assertThat(again.names()).hasSize(3);
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (RunningRingmaster ringmaster =
        RunningRingmaster.start(
            directory,
            "--command",
            "sh -c 'trap \"\" TERM; exec python3 -m" + " http.server {port}'",
            "--stop-grace",
            "1h")) {
      ringmaster.replicas();
      RunningRingmaster.signal("TERM", ringmaster.process());
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .until(() -> ringmaster.log().contains("TERM received"));
      await()
          .atMost(RunningRingmaster.PATIENCE)
          .pollInterval(Duration.ofMillis(600))
          .until(() -> {
            RunningRingmaster.signal("TERM", ringmaster.process());
            return !ringmaster.process().isAlive();
          });
    }
  }

  private static Set<Long> pids(RunningRingmaster ringmaster) throws Exception {
    Set<Long> pids = new TreeSet<>();
    ringmaster.replicas().values().forEach(handle -> pids.add(handle.pid()));
    assertThat(pids).hasSize(3);
    return pids;
  }
}
