package dev.ringmaster.lab.load;

import java.io.IOException;
import java.io.Serial;

/// One request that got no answer, and why.
public final class ExchangeFailure extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final Failure failure;

  ExchangeFailure(Failure failure, String message) {
    super(message);
    this.failure = failure;
  }

  /// The kind of failure.
  public Failure failure() {
    return failure;
  }
}
