package dev.ringmaster.app.docker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// A client that asks for `/home` again and again.
final class Traffic {
  /// What is noted of a request that has no answer.
  static final int NO_ANSWER = 0;

  private Traffic() {}

  /// Asks until the latch is down.
  ///
  /// @return the status of each answer
  static List<Integer> until(CountDownLatch over, Stage stage) {
    List<Integer> statuses = new ArrayList<>();
    while (over.getCount() > 0) {
      try {
        statuses.add(stage.call("GET", "/home", "").statusCode());
      } catch (IOException lost) {
        statuses.add(NO_ANSWER);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        return statuses;
      }
    }
    return statuses;
  }
}
