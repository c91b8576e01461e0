package dev.ringmaster.gateway.http2;

/// An event of a stream: its head is not a request that HTTP/1.1 could say (RFC 9113, 8.1.1). The
/// receiver answers 400; the stream is then reset with PROTOCOL_ERROR.
///
/// @param reason a few words, fit for the answer and the log
public record Malformed(String reason) {}
