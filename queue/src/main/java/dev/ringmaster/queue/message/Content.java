package dev.ringmaster.queue.message;

/// What a message carries: an HTTP request, cut in two.
///
/// @param head the request line and the header lines, each with its CR LF, without the empty line
///   behind them, without framing (Content-Length, Transfer-Encoding) and hop-by-hop fields; it has
///   been read by the strict decoder when it was accepted
/// @param body the whole body; its length is what Content-Length will say
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Content(byte[] head, byte[] body) {

  /// Bytes that it takes.
  public int bytes() {
    return head.length + body.length;
  }
}
