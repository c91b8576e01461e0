package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Head;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.ResponseHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/// The fields of an answer in HTTP/2, from its head in HTTP/1.1: names in lower case, without the
/// reason phrase and what belongs to one connection (RFC 9113, 8.2.2).
final class AnswerFields {
  private AnswerFields() {}

  static Http2Headers of(ResponseHead head) {
    Http2Headers fields = new DefaultHttp2Headers(false, head.headerCount() + 1);
    fields.status(Integer.toString(head.status()));
    add(fields, head);
    return fields;
  }

  /// Adds all lines of a head that may stand in HTTP/2.
  static void add(Http2Headers fields, Head head) {
    for (int i = 0; i < head.headerCount(); i++) {
      if (passes(head.known(i))) {
        fields.add(name(head, i), value(head, i));
      }
    }
  }

  private static boolean passes(KnownHeader known) {
    return switch (known) {
      case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE, HTTP2_SETTINGS ->
          false;
      // :authority says it.
      case HOST -> false;
      default -> true;
    };
  }

  private static AsciiString name(Head head, int line) {
    int from = head.nameFrom(line);
    return new AsciiString(head.bytes(), from, head.nameTo(line) - from, true).toLowerCase();
  }

  static AsciiString value(Head head, int line) {
    int from = head.valueFrom(line);
    return new AsciiString(head.bytes(), from, head.valueTo(line) - from, true);
  }
}
