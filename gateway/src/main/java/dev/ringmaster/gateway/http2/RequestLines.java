package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The head of a request in HTTP/1.1, from its fields in HTTP/2 (RFC 9113, 8.3.1).
///
///     :method SP :path SP HTTP/1.1      CONNECT has :authority for :path
///     host: :authority                  unless there is a host field alone
///     the other fields in their order, cookie crumbs joined (8.2.3)
///     transfer-encoding: chunked        if a body follows whose length is not told
final class RequestLines {
  private static final AsciiString HOST = AsciiString.cached("host");
  private static final AsciiString COOKIE = AsciiString.cached("cookie");
  private static final AsciiString COOKIE_START = AsciiString.cached("cookie: ");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
  private static final AsciiString PROTOCOL = AsciiString.cached(":protocol");
  private static final AsciiString VERSION = AsciiString.cached(" HTTP/1.1\r\n");
  private static final AsciiString CHUNKED = AsciiString.cached("transfer-encoding: chunked\r\n");
  private static final AsciiString NO_LENGTH = AsciiString.cached("content-length: 0\r\n");
  private static final AsciiString CRLF = AsciiString.cached("\r\n");
  private static final AsciiString CRUMB = AsciiString.cached("; ");

  /// A guess at the bytes of a head, so that the buffer seldom grows.
  private static final int FIRST_BYTES = 512;

  private RequestLines() {}

  /// Translates a head.
  ///
  /// @param ends whether no body follows
  static Translated of(Http2Headers fields, boolean ends, ByteBufAllocator allocator) {
    String fault = fault(fields);
    if (fault != null) {
      return new Translated.Refused(fault);
    }
    ByteBuf out = allocator.directBuffer(FIRST_BYTES);
    requestLine(out, fields);
    CharSequence authority = fields.authority();
    if (authority != null) {
      FieldLines.write(out, HOST, authority);
    }
    fieldLines(out, fields, authority != null);
    Framing framing = framing(out, fields, ends);
    ByteBufUtil.copy(CRLF, out);
    return new Translated.Head(out, framing);
  }

  private static void requestLine(ByteBuf out, Http2Headers fields) {
    ByteBufUtil.copy(AsciiString.of(fields.method()), out);
    out.writeByte(' ');
    boolean connect = CONNECT.contentEquals(fields.method());
    ByteBufUtil.copy(AsciiString.of(connect ? fields.authority() : fields.path()), out);
    ByteBufUtil.copy(VERSION, out);
  }

  private static void fieldLines(ByteBuf out, Http2Headers fields, boolean hostWritten) {
    int crumbs = 0;
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      AsciiString name = AsciiString.of(field.getKey());
      if (COOKIE.contentEquals(name)) {
        crumbs++;
      } else if (name.charAt(0) != ':' && !(hostWritten && HOST.contentEquals(name))) {
        FieldLines.write(out, name, field.getValue());
      }
    }
    if (crumbs > 0) {
      cookieLine(out, fields);
    }
  }

  private static void cookieLine(ByteBuf out, Http2Headers fields) {
    AsciiString before = COOKIE_START;
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      if (COOKIE.contentEquals(field.getKey())) {
        ByteBufUtil.copy(before, out);
        ByteBufUtil.copy(AsciiString.of(field.getValue()), out);
        before = CRUMB;
      }
    }
    ByteBufUtil.copy(CRLF, out);
  }

  /// A request that could have a body and has none says so, because some servers wait for the
  /// length of a POST.
  private static Framing framing(ByteBuf out, Http2Headers fields, boolean ends) {
    if (fields.contains(CONTENT_LENGTH)) {
      return Framing.LENGTH;
    }
    if (!ends) {
      ByteBufUtil.copy(CHUNKED, out);
      return Framing.CHUNKED;
    }
    String method = fields.method().toString();
    if (method.equals("POST") || method.equals("PUT") || method.equals("PATCH")) {
      ByteBufUtil.copy(NO_LENGTH, out);
    }
    return Framing.NONE;
  }

  private static @Nullable String fault(Http2Headers fields) {
    String fault = pseudoFault(fields);
    if (fault != null) {
      return fault;
    }
    CharSequence authority = fields.authority();
    for (Map.Entry<CharSequence, CharSequence> field : fields) {
      CharSequence name = field.getKey();
      boolean pseudo = !name.isEmpty() && name.charAt(0) == ':';
      if (!pseudo && !FieldLines.nameFits(name)) {
        return "invalid header name";
      }
      if (!FieldLines.valueFits(field.getValue())) {
        return "invalid byte in a header value";
      }
      boolean host = authority != null && HOST.contentEquals(name);
      if (host && !AsciiString.contentEqualsIgnoreCase(authority, field.getValue())) {
        return "Host differs from the request target";
      }
    }
    return null;
  }

  private static @Nullable String pseudoFault(Http2Headers fields) {
    CharSequence method = fields.method();
    if (method == null || !FieldLines.isWord(method)) {
      return "invalid method";
    }
    CharSequence authority = fields.authority();
    if (authority != null && !FieldLines.isWord(authority)) {
      return "invalid Host";
    }
    if (fields.contains(PROTOCOL)) {
      return "extended CONNECT is not supported";
    }
    if (CONNECT.contentEquals(method)) {
      boolean fits = authority != null && fields.path() == null && fields.scheme() == null;
      return fits ? null : "invalid request target";
    }
    CharSequence scheme = fields.scheme();
    if (scheme == null || !(isScheme(scheme, "http") || isScheme(scheme, "https"))) {
      return "unknown scheme";
    }
    return pathFits(method, fields.path()) ? null : "invalid request target";
  }

  private static boolean isScheme(CharSequence scheme, String name) {
    return AsciiString.contentEqualsIgnoreCase(scheme, name);
  }

  /// A path, or the asterisk of OPTIONS; never the absolute form, which would name another host.
  private static boolean pathFits(CharSequence method, @Nullable CharSequence path) {
    if (path == null || !FieldLines.isWord(path)) {
      return false;
    }
    return path.charAt(0) == '/'
        || (AsciiString.contentEquals(path, "*") && AsciiString.contentEquals(method, "OPTIONS"));
  }
}
