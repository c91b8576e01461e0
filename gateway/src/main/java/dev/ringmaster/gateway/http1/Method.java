package dev.ringmaster.gateway.http1;

/// The methods that mean something to a gateway; any other token is [#OTHER] and is passed on.
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  DELETE,
  OPTIONS,
  PATCH,
  TRACE,
  CONNECT,
  OTHER;

  /// Whether sending the request twice does what sending it once does (RFC 9110, section 9.2.2).
  public boolean idempotent() {
    return switch (this) {
      case GET, HEAD, PUT, DELETE, OPTIONS, TRACE -> true;
      case POST, PATCH, CONNECT, OTHER -> false;
    };
  }

  /// Whether the request asks for nothing to be changed (RFC 9110, section 9.2.1).
  public boolean safe() {
    return switch (this) {
      case GET, HEAD, OPTIONS, TRACE -> true;
      case PUT, DELETE, POST, PATCH, CONNECT, OTHER -> false;
    };
  }

  /// The method that the bytes spell; case matters (RFC 9110, section 9.1).
  static Method of(byte[] bytes, int from, int to) {
    Method candidate =
        switch (bytes[from]) {
          case 'G' -> GET;
          case 'H' -> HEAD;
          case 'D' -> DELETE;
          case 'O' -> OPTIONS;
          case 'T' -> TRACE;
          case 'C' -> CONNECT;
          case 'P' -> afterP(bytes, from, to);
          default -> OTHER;
        };
    return candidate != OTHER && Octets.same(bytes, from, to, candidate.name()) ? candidate : OTHER;
  }

  private static Method afterP(byte[] bytes, int from, int to) {
    if (to - from < 3) {
      return OTHER;
    }
    return switch (bytes[from + 1]) {
      case 'O' -> POST;
      case 'U' -> PUT;
      case 'A' -> PATCH;
      default -> OTHER;
    };
  }
}
