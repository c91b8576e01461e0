package dev.ringmaster.app.settings.tree;

/// A file that cannot be read as a tree.
public final class Malformed extends Exception {
  private final int line;

  /// @param line where, from 1
  public Malformed(int line, String message) {
    super(message);
    this.line = line;
  }

  public int line() {
    return line;
  }
}
