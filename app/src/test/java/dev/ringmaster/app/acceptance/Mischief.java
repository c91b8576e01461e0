package dev.ringmaster.app.acceptance;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is done to a running Ringmaster's replicas: killed, paused, added, removed, drawn from a
/// seed. Not more than one is paused at a time, and N stays between two bounds.
final class Mischief {
  private static final int FEWEST = 3;
  private static final int MOST = 6;
  private static final int LONGEST_PAUSE_DEEDS = 4;

  private final RunningRingmaster ringmaster;
  private final SplittableRandom random;
  private final Map<String, Integer> deeds = new TreeMap<>();
  private int n;
  private int added;
  private @Nullable ProcessHandle paused;
  private int pausedFor;

  /// @param n how many replicas there are
  Mischief(RunningRingmaster ringmaster, int n, SplittableRandom random) {
    this.ringmaster = ringmaster;
    this.n = n;
    this.random = random;
  }

  /// One deed. A pause ends after one to four more.
  void next() throws IOException, InterruptedException {
    if (paused != null && --pausedFor <= 0) {
      resume();
    }
    switch (random.nextInt(6)) {
      case 0, 1 -> strike("killed", "KILL");
      case 2, 3 -> pause();
      case 4 -> add();
      default -> remove();
    }
  }

  private @Nullable ProcessHandle any() throws IOException, InterruptedException {
    var handles = new ArrayList<>(ringmaster.replicas().values());
    handles.removeIf(handle -> handle.equals(paused));
    return handles.size() < 2 ? null : handles.get(random.nextInt(handles.size()));
  }

  private @Nullable ProcessHandle strike(String deed, String signal)
      throws IOException, InterruptedException {
    ProcessHandle victim = any();
    if (victim != null) {
      RunningRingmaster.signal(signal, victim);
      deeds.merge(deed, 1, Integer::sum);
    }
    return victim;
  }

  private void pause() throws IOException, InterruptedException {
    if (paused == null) {
      paused = strike("paused", "STOP");
      pausedFor = random.nextInt(1, LONGEST_PAUSE_DEEDS + 1);
    }
  }

  private void resume() throws IOException, InterruptedException {
    ProcessHandle handle = paused;
    if (handle != null) {
      RunningRingmaster.signal("CONT", handle);
      paused = null;
    }
  }

  private void add() throws IOException, InterruptedException {
    if (n < MOST) {
      command("added", "/api/add", "{\"n\":1,\"hostnames\":[\"extra-" + ++added + "\"]}", 1);
    }
  }

  private void remove() throws IOException, InterruptedException {
    if (n > FEWEST) {
      command("removed", "/api/rm", "{\"n\":1}", -1);
    }
  }

  private void command(String deed, String path, String body, int change)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = ringmaster.command(path, body);
    if (answer.statusCode() != 200) {
      throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
    }
    n += change;
    deeds.merge(deed, 1, Integer::sum);
  }

  /// How many there are to be now.
  int n() {
    return n;
  }

  /// What was done, and how often.
  Map<String, Integer> deeds() {
    return deeds;
  }

  /// Lets the paused one go on.
  void end() throws IOException, InterruptedException {
    resume();
  }
}
