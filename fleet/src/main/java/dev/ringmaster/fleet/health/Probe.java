package dev.ringmaster.fleet.health;

/// What a heartbeat speaks.
public enum Probe {
  /// `GET path` in HTTP/1.1.
  HTTP1(Wrapping.PLAIN),
  /// The same over TLS.
  HTTP1_TLS(Wrapping.TLS),
  /// The preface of HTTP/2, which is answered by SETTINGS; no path is asked for.
  HTTP2(Wrapping.PLAIN),
  /// The same over TLS.
  HTTP2_TLS(Wrapping.TLS);

  private enum Wrapping {
    PLAIN,
    TLS
  }

  private final Wrapping wrapping;

  Probe(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  boolean tls() {
    return wrapping == Wrapping.TLS;
  }

  boolean http2() {
    return this == HTTP2 || this == HTTP2_TLS;
  }
}
