package dev.ringmaster.queue.control;

/// Why something was refused, each with the HTTP status that says so.
public enum Refusal {
  INVALID(400),
  /// A callback to an address that is not allowed.
  FORBIDDEN(403),
  /// No such queue, shard, subscription or message.
  UNKNOWN(404),
  /// A wrong or late receipt; a queue that is there already, with other terms.
  CONFLICT(409),
  TOO_LARGE(413),
  /// The queue holds as many messages, as many bytes or as old ones as it may.
  QUEUE_FULL(429),
  /// The store does not answer or takes nothing for now.
  UNAVAILABLE(503),
  DISK_FULL(507);

  private final int status;

  Refusal(int status) {
    this.status = status;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }
}
