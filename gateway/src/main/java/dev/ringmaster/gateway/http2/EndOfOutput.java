package dev.ringmaster.gateway.http2;

/// Written to a stream behind the last byte of its answer: where HTTP/1.1 would end the connection.
public enum EndOfOutput {
  MARK
}
