package dev.ringmaster.lab.experiment;

import java.io.PrintStream;

/// Tells a person how far the lab is: a bar that is drawn over itself on a terminal, plain lines
/// elsewhere.
public final class Progress {
  private static final int BAR = 24;
  private static final int LINE = 79;

  private final PrintStream out;
  private final boolean terminal;
  private final int steps;
  private int done;

  /// @param terminal whether `out` is one
  /// @param steps how often [#step] will be called
  public Progress(PrintStream out, boolean terminal, int steps) {
    this.out = out;
    this.terminal = terminal;
    this.steps = Math.max(1, steps);
  }

  /// One step begins; those before it are done.
  public void step(String what) {
    show(Math.min(done, steps), what);
    done++;
  }

  /// All is done.
  public void end(String what) {
    show(steps, what);
    if (terminal) {
      out.println();
    }
  }

  private void show(int at, String what) {
    if (!terminal) {
      out.println("[" + at + "/" + steps + "] " + what);
      return;
    }
    int filled = BAR * at / steps;
    String line =
        "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + at + "/" + steps + " " + what;
    String cut = line.substring(0, Math.min(line.length(), LINE));
    out.print("\r" + cut + " ".repeat(LINE - cut.length()));
    out.flush();
  }
}
