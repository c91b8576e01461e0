package dev.ringmaster.app.run;

/// Ringmaster cannot start, and has left nothing behind. The message is one line: what, and what to
/// do.
public final class CannotStart extends Exception {
  public CannotStart(String message) {
    super(message);
  }

  public CannotStart(String message, Throwable cause) {
    super(message, cause);
  }
}
