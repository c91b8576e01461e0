package dev.ringmaster.lab.product;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// Reads what a child writes, so that it never blocks on a full pipe, and keeps its last lines.
final class Output {
  private static final int LINES_KEPT = 20;

  private final Deque<String> last = new ArrayDeque<>();
  private final CompletableFuture<String> seen = new CompletableFuture<>();

  private Output() {}

  /// Starts reading.
  ///
  /// @param awaited the begin of the line that [#seen] waits for
  static Output of(Process process, String awaited) {
    Output output = new Output();
    BufferedReader lines = process.inputReader();
    Thread.ofVirtual().name("output-" + process.pid()).start(() -> output.read(lines, awaited));
    return output;
  }

  /// The awaited line once it came, an empty one once the output ended without it.
  CompletableFuture<String> seen() {
    return seen;
  }

  /// The last lines, oldest first.
  synchronized String lastLines() {
    return String.join("\n", last);
  }

  private void read(BufferedReader lines, String awaited) {
    try (lines) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
        if (line.startsWith(awaited)) {
          seen.complete(line);
        }
      }
    } catch (IOException e) {
      keep("(its output broke off: " + e.getMessage() + ")");
    }
    seen.complete("");
  }

  private synchronized void keep(String line) {
    if (last.size() == LINES_KEPT) {
      last.removeFirst();
    }
    last.addLast(line);
  }
}
