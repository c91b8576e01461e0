package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.Method;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;

/// The head of an answer in HTTP/1.1, from its fields in HTTP/2 (RFC 9113, 8.3.2). A body whose
/// length is not told is chunked, and so is one of gRPC, whose trailers need the room.
final class AnswerLines {
  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString CRLF = AsciiString.cached("\r\n");
  private static final AsciiString BLANK_CRLF = AsciiString.cached(" \r\n");
  private static final AsciiString CHUNKED = AsciiString.cached("transfer-encoding: chunked\r\n");
  private static final AsciiString NO_LENGTH = AsciiString.cached("content-length: 0\r\n");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString CONTENT_TYPE = AsciiString.cached("content-type");
  private static final AsciiString GRPC = AsciiString.cached("application/grpc");

  private AnswerLines() {}

  /// Translates a head.
  ///
  /// @param ends whether no body follows
  /// @param answered the method of the request
  static Translated of(Http2Headers fields, boolean ends, Method answered, ByteBufAllocator from) {
    CharSequence status = fields.status();
    if (status == null || !fit(fields)) {
      return new Translated.Refused("an answer that is none");
    }
    ByteBuf out = from.directBuffer();
    ByteBufUtil.copy(VERSION, out);
    ByteBufUtil.copy(AsciiString.of(status), out);
    ByteBufUtil.copy(BLANK_CRLF, out);
    Framing framing = framing(fields, ends, answered);
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      boolean length = framing == Framing.CHUNKED && CONTENT_LENGTH.contentEquals(name);
      if (name.charAt(0) != ':' && !length) {
        FieldLines.write(out, name, field.getValue());
      }
    }
    if (framing == Framing.CHUNKED) {
      ByteBufUtil.copy(CHUNKED, out);
    } else if (ends && !fields.contains(CONTENT_LENGTH) && mayHaveBody(status, answered)) {
      ByteBufUtil.copy(NO_LENGTH, out);
    }
    ByteBufUtil.copy(CRLF, out);
    return new Translated.Head(out, framing);
  }

  private static Framing framing(Http2Headers fields, boolean ends, Method answered) {
    if (ends || !mayHaveBody(fields.status(), answered)) {
      return Framing.NONE;
    }
    CharSequence type = fields.get(CONTENT_TYPE);
    boolean grpc = type != null && AsciiString.of(type).startsWith(GRPC);
    return fields.contains(CONTENT_LENGTH) && !grpc ? Framing.LENGTH : Framing.CHUNKED;
  }

  private static boolean mayHaveBody(CharSequence status, Method answered) {
    boolean bodiless =
        status.charAt(0) == '1'
            || AsciiString.contentEquals(status, "204")
            || AsciiString.contentEquals(status, "304");
    return !bodiless && answered != Method.HEAD;
  }

  private static boolean fit(Http2Headers fields) {
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      boolean pseudo = !name.isEmpty() && name.charAt(0) == ':';
      if (!(pseudo || FieldLines.nameFits(name)) || !FieldLines.valueFits(field.getValue())) {
        return false;
      }
    }
    return true;
  }
}
