package dev.ringmaster.app.client;

/// A question to the control API that was not answered well. The message is for people.
public final class ControlFailure extends Exception {

  /// Whose turn it is.
  public enum Kind {
    /// The API refused what was asked; asking again does not help.
    REFUSED,
    /// The API cannot be reached, or could not do it now.
    UNAVAILABLE
  }

  private final Kind kind;

  public ControlFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
