package dev.ringmaster.fleet.runtime;

/// A replica could not be started. The message names what was tried and what to do.
public final class StartFailure extends Exception {
  public StartFailure(String message) {
    super(message);
  }

  public StartFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
