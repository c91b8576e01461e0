package dev.ringmaster.gateway.own;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A request to Ringmaster itself, whole.
///
/// @param method as sent, upper case for all that HTTP names
/// @param path without the query
/// @param query without its question mark; empty if there is none
/// @param headers by lower-case name, in the order they came; of a repeated one the first
/// @param content the whole body
/// @param client the address of the peer
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Question(
    String method,
    String path,
    String query,
    Map<String, String> headers,
    byte[] content,
    InetAddress client) {

  /// A question whose body is that text in UTF-8.
  public Question(
      String method,
      String path,
      String query,
      Map<String, String> headers,
      String body,
      InetAddress client) {
    this(method, path, query, headers, body.getBytes(StandardCharsets.UTF_8), client);
  }

  /// The whole body as text, decoded from UTF-8.
  public String body() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
