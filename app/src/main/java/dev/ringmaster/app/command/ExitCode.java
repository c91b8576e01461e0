package dev.ringmaster.app.command;

/// What the program's exit code says.
public final class ExitCode {
  /// Done, or stopped by a signal after everything was drained.
  public static final int DONE = 0;

  /// Something failed that should not.
  public static final int DEFECT = 1;

  /// A command, flag, key or value that does not exist or cannot be.
  public static final int USAGE = 2;

  /// It cannot start, or what it talks to cannot be reached.
  public static final int CANNOT = 3;

  private ExitCode() {}
}
