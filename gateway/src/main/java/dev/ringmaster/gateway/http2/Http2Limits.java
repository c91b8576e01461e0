package dev.ringmaster.gateway.http2;

import java.time.Duration;

/// What a peer of an HTTP/2 connection may make us hold or do. What exceeds a rate or a count of
/// frames closes the connection with ENHANCE_YOUR_CALM.
///
/// @param concurrentStreams streams of a connection that are open at once (RFC 9113, 5.1.2)
/// @param headerListBytes the fields of one head by RFC 9113, 6.5.2; more are answered 431
/// @param streamWindowBytes what of one body may wait here unread
/// @param connectionWindowBytes what of all bodies of a connection may wait here unread
/// @param smallContinuations CONTINUATION frames below 8 KiB in one head; more are a flood
///   (CVE-2024-27316)
/// @param emptyDataFrames DATA frames in a row without content or end (CVE-2019-9518)
/// @param resets RST_STREAM frames that a peer may send in the window (rapid reset, CVE-2023-44487)
/// @param provokedResets RST_STREAM frames that a peer may make us send in the window, by streams
///   in error (CVE-2025-8671)
/// @param resetWindow the time in which both are counted
/// @param queuedControlFrames answers to PING and SETTINGS that wait because the peer does not read
///   (CVE-2019-9512, CVE-2019-9515)
public record Http2Limits(
    int concurrentStreams,
    int headerListBytes,
    int streamWindowBytes,
    int connectionWindowBytes,
    int smallContinuations,
    int emptyDataFrames,
    int resets,
    int provokedResets,
    Duration resetWindow,
    int queuedControlFrames) {

  /// 100 streams, as other servers; heads as large as those of HTTP/1.1; 64 KiB a stream and 1 MiB
  /// a connection, so that sixteen bodies that nobody takes do not stop the others; 200 resets in
  /// 30 s, which a browser that cancels a page full of images does not reach.
  public static final Http2Limits DEFAULT =
      new Http2Limits(100, 65_536, 65_535, 1 << 20, 16, 8, 200, 200, Duration.ofSeconds(30), 1_000);
}
