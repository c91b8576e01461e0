package dev.ringmaster.queue.store;

import org.jspecify.annotations.Nullable;

/// A store could not do what it was asked for.
public final class StoreFault extends Exception {
  private static final long serialVersionUID = 1;

  /// What is wrong.
  public enum Kind {
    /// No space is left; refused before anything was written.
    DISK_FULL,
    /// It does not answer, or takes no writes for now.
    UNAVAILABLE,
    /// Its files are not what they were.
    CORRUPT,
    /// Its files are of a newer Ringmaster.
    NEWER
  }

  /// Whether the orders are carried out after all.
  public enum Durable {
    NO,
    /// The fault came while they were being made durable.
    UNKNOWN
  }

  private final Kind kind;
  private final Durable durable;

  public StoreFault(Kind kind, Durable durable, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.durable = durable;
  }

  /// What is wrong.
  public Kind kind() {
    return kind;
  }

  /// Whether the orders are carried out after all.
  public Durable durable() {
    return durable;
  }
}
