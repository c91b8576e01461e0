package dev.ringmaster.queue.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.LogId;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreScript;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed (SIGKILL) in the middle of commits and checkpoints, again and again on
/// the same file. `-Dqueue.kills=500` for longer.
class KillTest {
  private static final int KILLS = Integer.getInteger("queue.kills", 3);

  @TempDir private Path folder;

  /// Confirmed messages by seq; those whose end was asked for and not confirmed may be there or
  /// not.
  private final TreeMap<Long, String> waiting = new TreeMap<>();

  private final Set<Long> ending = new HashSet<>();
  private final Set<Long> ended = new HashSet<>();

  @Test
  void everythingThatWasConfirmedIsThereAfterAKill() throws IOException, StoreFault {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < KILLS; round++) {
      int lines = 200 + random.nextInt(3_000);
      runAndKill(round, lines);
      check(round);
    }
    assertThat(waiting).hasSizeGreaterThan(KILLS * 20);
  }

  private void runAndKill(int round, int lines) throws IOException {
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledProcess.class.getName(),
                folder.resolve("queue.db").toString(),
                "r" + round)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = child.inputReader()) {
      int count = 0;
      String line = said.readLine();
      while (line != null) {
        heard(line);
        if (++count == lines) {
          child.toHandle().destroyForcibly();
        }
        line = said.readLine();
      }
      assertThat(count).as("lines before the kill").isGreaterThanOrEqualTo(lines);
    } finally {
      child.destroyForcibly();
    }
  }

  /// The last line may be cut off.
  private void heard(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 4) {
      return;
    }
    long seq = Long.parseLong(words[2]);
    switch (words[0]) {
      case "+" -> assertThat(waiting.put(seq, words[3])).as("seq %d again", seq).isNull();
      case "?" -> ending.add(seq);
      default -> {
        ended.add(seq);
        waiting.remove(seq);
      }
    }
  }

  private void check(int round) throws StoreFault {
    try (SqliteStore store =
        SqliteStore.open(folder.resolve("queue.db"), new HandClock(), SqliteStore.Sizes.DEFAULT)) {
      StoreScript script = new StoreScript(store);
      Set<Long> there = new HashSet<>();
      for (int shard : script.slots().shards()) {
        LogId log = new LogId(script.main, shard);
        List<Long> seqs =
            store.read(log, 0, lane -> true, 1_000_000).stream().map(Entry::seq).toList();
        assertThat(store.messages(log, seqs)).hasSize(seqs.size());
        there.addAll(seqs);
      }
      assertThat(there).as("ended ones in round %d", round).doesNotContainAnyElementsOf(ended);
      Set<Long> unsure = new HashSet<>(ending);
      unsure.removeAll(there);
      waiting.keySet().removeAll(unsure);
      assertThat(there).as("confirmed ones in round %d", round).containsAll(waiting.keySet());
      ending.clear();
    }
  }
}
