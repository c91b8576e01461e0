package dev.ringmaster.ring;

/// A scheme has no room for the live seats of a roster. No table was made; the old one stands.
public final class RingFullException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  RingFullException(String message) {
    super(message);
  }
}
