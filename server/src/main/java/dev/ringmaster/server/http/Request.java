package dev.ringmaster.server.http;

import java.util.List;

/// The head of a request.
///
/// @param method as sent
/// @param path the path as sent, not decoded
/// @param query what follows the question mark, without it; empty if there is none
/// @param minor the minor version: 1, or 0 for HTTP/1.0
/// @param fields the header fields in the order sent
/// @param framing how the body is delimited
public record Request(
    String method, String path, String query, int minor, List<Field> fields, Framing framing) {

  /// How the rest of the connection is to be read.
  ///
  /// @param length the body's length in bytes, or [#CHUNKED]
  /// @param persistent the peer wants to go on using the connection
  /// @param awaitsContinue the peer holds its body back until it reads `100 Continue`
  public record Framing(long length, boolean persistent, boolean awaitsContinue) {
    /// The length of a body that comes in chunks.
    public static final long CHUNKED = -1;
  }

  /// Whether an answer to this request has no body, whatever its head says.
  public boolean isHead() {
    return method.equals("HEAD");
  }
}
