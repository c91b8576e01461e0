package dev.ringmaster.gateway.key.json;

/// What a byte is to the string or number that is being read.
enum Token {
  /// A part of it, and more may follow.
  GOES_ON,
  /// The last byte of a string, or the first one that is not the number's any more.
  ENDED,
  /// Something that cannot stand there.
  WRONG
}
