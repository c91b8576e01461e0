package dev.ringmaster.gateway.tls;

import java.io.Serial;

/// A certificate, a key or a list of authorities cannot be used; the message names the file, what
/// is wrong with it and what was expected.
public final class Unusable extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  Unusable(String message) {
    super(message);
  }

  Unusable(String message, Throwable cause) {
    super(message, cause);
  }
}
