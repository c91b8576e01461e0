package dev.ringmaster.lab.product;

import java.io.IOException;
import java.io.Serial;

/// The product did not do what an experiment needs; the message says what, with what it last wrote.
public final class ProductFailure extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  public ProductFailure(String message) {
    super(message);
  }

  public ProductFailure(String message, Throwable cause) {
    super(message, cause);
  }
}
