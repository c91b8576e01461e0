package dev.ringmaster.fleet.health;

/// One thing that was seen of a replica.
public sealed interface Sign {

  /// A heartbeat was answered in time.
  record Answered(int status) implements Sign {}

  /// A heartbeat that had been counted as missed was answered after all.
  record Late() implements Sign {}

  /// A heartbeat was not answered in time.
  record Missed(Cause cause) implements Sign {}

  /// The traffic had an answer.
  record TrafficAnswered() implements Sign {}

  /// The traffic failed.
  ///
  /// @param what how, for people
  record TrafficFailed(String what) implements Sign {}

  /// Why a heartbeat was missed.
  enum Cause {
    /// Nothing listens there.
    REFUSED("refuses connections"),
    /// No answer within the time-out.
    TIMED_OUT("does not answer in time"),
    /// The connection broke before an answer.
    BROKEN("closes the connection without an answer"),
    /// The answer is not HTTP/1.
    GARBAGE("answers something that is not HTTP");

    private final String words;

    Cause(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }
  }
}
