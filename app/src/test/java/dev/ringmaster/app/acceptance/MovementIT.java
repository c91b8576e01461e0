package dev.ringmaster.app.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.app.acceptance.KeyedStorm.Served;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where keys go while replicas are restarted or die under load: each to its own seat or, while
/// that is empty, to its next candidate; and no request fails.
class MovementIT {
  private static final int N = 5;
  private static final List<String> KEYS = KeyedStorm.keys(100);
  private static final int CONNECTIONS = 6;
  private static final String[] FLAGS = {
    "--replicas", Integer.toString(N), "--key", "header:X-Key", "--bound", "off"
  };

  @TempDir Path directory;

  /// Answers by the seat they came from, and the seats that were empty for a time.
  private record Count(int own, int next, int needless, Set<Integer> seatsOfNext) {}

  @Test
  void aRollingRestartUnderLoadMovesNoKeyNeedlessly() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory, FLAGS);
        SeatWatch watch = SeatWatch.begin(ringmaster);
        KeyedStorm storm = KeyedStorm.begin(ringmaster.traffic(), KEYS, CONNECTIONS)) {
      List<String> before = ringmaster.names();
      Map<String, int[]> candidates = candidates(ringmaster);
      await().atMost(RunningRingmaster.PATIENCE).until(() -> storm.done() > 1000);

      HttpResponse<String> restarted = ringmaster.command("/api/restart", "");
      int after = storm.done();
      await().atMost(RunningRingmaster.PATIENCE).until(() -> storm.done() > after + 1000);
      Map<String, Integer> outcomes = storm.end();
      watch.end();

      assertThat(restarted.statusCode()).as(restarted.body()).isEqualTo(200);
      assertThat(ringmaster.names()).hasSize(N).doesNotContainAnyElementsOf(before);
      report("rolling restart of " + N, outcomes, watch, count(storm, watch, candidates));
      assertThat(candidates(ringmaster)).usingRecursiveComparison().isEqualTo(candidates);
    }
  }

  @Test
  void replicasThatDieOneAfterAnotherUnderLoadMoveNoKeyNeedlessly() throws Exception {
    try (RunningRingmaster ringmaster = RunningRingmaster.start(directory, FLAGS);
        SeatWatch watch = SeatWatch.begin(ringmaster);
        KeyedStorm storm = KeyedStorm.begin(ringmaster.traffic(), KEYS, CONNECTIONS)) {
      Map<String, int[]> candidates = candidates(ringmaster);
      List<ProcessHandle> victims = new ArrayList<>(ringmaster.replicas().values());
      for (ProcessHandle victim : victims) {
        int sofar = storm.done();
        await().atMost(RunningRingmaster.PATIENCE).until(() -> storm.done() > sofar + 500);
        RunningRingmaster.signal("KILL", victim);
        await().atMost(RunningRingmaster.PATIENCE).until(() -> !victim.isAlive());
        ringmaster.awaitServing(N);
      }
      Map<String, Integer> outcomes = storm.end();
      watch.end();
      report("death of " + N, outcomes, watch, count(storm, watch, candidates));
    }
  }

  /// Prints and judges the numbers.
  private static void report(
      String what, Map<String, Integer> outcomes, SeatWatch watch, Count count) {
    System.out.printf(
        "%s replicas under load, %d keys: answers %s; by the key's own seat %d, by its next"
            + " candidate %d, by another %d; seats that were empty for a time: %s%n",
        what, KEYS.size(), outcomes, count.own(), count.next(), count.needless(), watch.emptied());
    assertThat(outcomes).containsOnlyKeys("200");
    assertThat(count.needless()).as("needless moves").isZero();
    assertThat(watch.emptied()).as("seats that were empty").containsAll(count.seatsOfNext());
    assertThat(count.own()).isGreaterThan(count.next());
  }

  private static Count count(KeyedStorm storm, SeatWatch watch, Map<String, int[]> candidates) {
    int own = 0;
    int next = 0;
    int needless = 0;
    Set<Integer> seatsOfNext = new HashSet<>();
    for (Map.Entry<Served, Integer> entry : storm.served().entrySet()) {
      int[] seats = candidates.get(entry.getKey().key());
      Integer seat = watch.seatOf(entry.getKey().server());
      assertThat(seat).as("the seat of server %s", entry.getKey().server()).isNotNull();
      if (seat == seats[0]) {
        own += entry.getValue();
      } else if (seat == seats[1]) {
        next += entry.getValue();
        seatsOfNext.add(seats[0]);
      } else {
        needless += entry.getValue();
      }
    }
    return new Count(own, next, needless, seatsOfNext);
  }

  /// For each key its own seat and its next candidate, as the table has them while all serve.
  private static Map<String, int[]> candidates(RunningRingmaster ringmaster)
      throws IOException, InterruptedException {
    Map<String, int[]> candidates = new HashMap<>();
    for (String key : KEYS) {
      JsonNode seats =
          ringmaster.api("/api/explain?path=/home&header=X-Key:" + key).path("candidates");
      candidates.put(
          key,
          new int[] {seats.path(0).path("seat").intValue(), seats.path(1).path("seat").intValue()});
    }
    return candidates;
  }
}
