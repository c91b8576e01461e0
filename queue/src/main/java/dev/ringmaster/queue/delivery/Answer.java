package dev.ringmaster.queue.delivery;

/// A replica's answer to a message, as much of it as is kept.
///
/// @param status the HTTP status
/// @param head the header lines, each with its CR LF, at most [#MOST_HEAD_BYTES]
/// @param body its first bytes, at most [#MOST_BODY_BYTES]
/// @param bodyBytes how many there were
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Answer(int status, byte[] head, byte[] body, long bodyBytes) {
  /// Header lines beyond it are left out.
  public static final int MOST_HEAD_BYTES = 8 << 10;

  /// What a courier keeps of a body at most; a queue may keep less.
  public static final int MOST_BODY_BYTES = 64 << 10;
}
