package dev.ringmaster.gateway.http2;

import dev.ringmaster.gateway.http1.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The body of a message in HTTP/1.1, from its DATA frames: as it is if its length was told, else
/// one chunk a frame.
final class BodyLines {
  private static final AsciiString CRLF = AsciiString.cached("\r\n");
  private static final AsciiString LAST_CHUNK = AsciiString.cached("0\r\n");

  /// A size in hexadecimal, three ends of a line, the last chunk.
  private static final int FRAMING_BYTES = 8 + 3 * 2 + 3;

  private Framing framing = Framing.NONE;

  void start(Framing next) {
    framing = next;
  }

  /// The bytes of one frame; takes the content over.
  ByteBuf data(ByteBuf content, boolean ends, ByteBufAllocator allocator) {
    if (framing != Framing.CHUNKED) {
      return content;
    }
    int length = content.readableBytes();
    ByteBuf out = allocator.directBuffer(length + FRAMING_BYTES);
    if (length > 0) {
      out.writeCharSequence(Integer.toHexString(length), StandardCharsets.US_ASCII);
      ByteBufUtil.copy(CRLF, out);
      out.writeBytes(content);
      ByteBufUtil.copy(CRLF, out);
    }
    content.release();
    if (ends) {
      ByteBufUtil.copy(LAST_CHUNK, out);
      ByteBufUtil.copy(CRLF, out);
    }
    return out;
  }

  /// The bytes of the end with its trailers, none if the framing has no room for them (RFC 9110,
  /// 6.5.1 lets them be dropped then); null if a trailer could not stand in a line.
  @Nullable ByteBuf trailers(Http2Headers trailers, ByteBufAllocator allocator) {
    ByteBuf out = allocator.directBuffer();
    if (framing != Framing.CHUNKED) {
      return out;
    }
    ByteBufUtil.copy(LAST_CHUNK, out);
    for (Map.Entry<CharSequence, CharSequence> field : trailers) {
      if (!FieldLines.nameFits(field.getKey()) || !FieldLines.valueFits(field.getValue())) {
        out.release();
        return null;
      }
      FieldLines.write(out, field.getKey(), field.getValue());
    }
    ByteBufUtil.copy(CRLF, out);
    return out;
  }
}
