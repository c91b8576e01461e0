package dev.ringmaster.gateway.http1;

import static dev.ringmaster.gateway.http1.KnownHeader.CONTENT_LENGTH;
import static dev.ringmaster.gateway.http1.KnownHeader.DISGUISED;
import static dev.ringmaster.gateway.http1.KnownHeader.EXPECT;
import static dev.ringmaster.gateway.http1.KnownHeader.FORWARDED;
import static dev.ringmaster.gateway.http1.KnownHeader.HOP_BITS;
import static dev.ringmaster.gateway.http1.KnownHeader.HOST;
import static dev.ringmaster.gateway.http1.KnownHeader.MAX_FORWARDS;
import static dev.ringmaster.gateway.http1.KnownHeader.PREFER;
import static dev.ringmaster.gateway.http1.KnownHeader.TE;
import static dev.ringmaster.gateway.http1.KnownHeader.TRAILER;
import static dev.ringmaster.gateway.http1.KnownHeader.TRANSFER_ENCODING;
import static dev.ringmaster.gateway.http1.KnownHeader.UPGRADE;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_FOR;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_HOST;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_OTHER;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_PORT;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_PREFIX;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_PROTO;
import static dev.ringmaster.gateway.http1.KnownHeader.X_FORWARDED_SERVER;
import static dev.ringmaster.gateway.http1.KnownHeader.X_REAL_IP;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes outgoing heads by copying ranges of incoming ones (RFC 9110, section 7.6).
///
/// Dropped are the headers of one connection and those that Connection names, except the ones that
/// carry framing, routing or the meaning of the content. Framing passes unchanged, so the body can
/// be passed on as [BodyReader#raw] cuts it. Every byte comes from a validated head or from a
/// constant, so no line can be smuggled in. A head is only read, never changed: it can be written
/// again.
public final class HeadWriter {
  private static final long CLAIMS =
      FORWARDED.bit()
          | X_FORWARDED_FOR.bit()
          | X_FORWARDED_PROTO.bit()
          | X_FORWARDED_HOST.bit()
          | X_FORWARDED_PORT.bit()
          | X_FORWARDED_PREFIX.bit()
          | X_FORWARDED_SERVER.bit()
          | X_FORWARDED_OTHER.bit()
          | X_REAL_IP.bit();

  /// What is written anew for a trusted proxy too.
  private static final long RETOLD =
      FORWARDED.bit() | X_FORWARDED_FOR.bit() | X_FORWARDED_PROTO.bit() | X_FORWARDED_HOST.bit();

  /// What says how the request itself comes.
  private static final long FRAMED =
      EXPECT.bit() | CONTENT_LENGTH.bit() | TRANSFER_ENCODING.bit() | TRAILER.bit();

  /// What is not kept of a request that waits; Prefer is written anew.
  private static final long UNSTORED = FRAMED | PREFER.bit();

  private static final byte[] PREFER_NAME = ascii("Prefer: ");
  private static final byte[] VERSION_LINE_END = ascii(" HTTP/1.1\r\n");
  private static final byte[] STATUS_LINE_START = ascii("HTTP/1.1 ");
  private static final byte[] HOST_NAME = ascii("Host: ");
  private static final byte[] FOR_NAME = ascii("X-Forwarded-For: ");
  private static final byte[] PROTO_NAME = ascii("X-Forwarded-Proto: ");
  private static final byte[] FORWARDED_HOST_NAME = ascii("X-Forwarded-Host: ");
  private static final byte[] VIA_10 = ascii("Via: 1.0 ringmaster\r\n");
  private static final byte[] VIA_11 = ascii("Via: 1.1 ringmaster\r\n");
  private static final byte[] NOTHING = new byte[0];
  private static final byte[] KEEP_ALIVE_LINE = ascii("Connection: keep-alive\r\n");
  private static final byte[] CLOSE_LINE = ascii("Connection: close\r\n");
  private static final byte[] UPGRADE_LINE = ascii("Connection: upgrade\r\n");
  private static final byte[] TE_LINES = ascii("TE: trailers\r\nConnection: TE\r\n");
  private static final byte[] TE_UPGRADE_LINES =
      ascii("TE: trailers\r\nConnection: upgrade, TE\r\n");
  private static final byte[] HOPS_NAME = ascii("Max-Forwards: ");
  private static final byte[] QUEUE_FAMILY = ascii("queue-");
  private static final byte[] TRAILERS = ascii("trailers");
  private static final byte[] CRLF = ascii("\r\n");

  private HeadWriter() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Writes the request line and the fields of a request that shall be kept in a queue: as for a
  /// replica, but without the empty line, without framing, and without what was said to the queue.
  ///
  /// @param preferences what of Prefer is left for the replica; empty for nothing
  static void toStore(ByteBuf out, RequestHead head, Forwarding forwarding, String preferences) {
    boolean ownHost = ownHost(head);
    requestLine(out, head);
    if (ownHost) {
      hostLine(out, head, forwarding);
    }
    long dropped = HOP_BITS | DISGUISED.bit() | UNSTORED | (ownHost ? HOST.bit() : 0);
    dropped |= forwarding.trust() == Forwarding.Trust.REPLACE ? CLAIMS : RETOLD;
    for (int line = 0; line < head.headerCount(); line++) {
      if (!drops(head, line, dropped) && !ofQueue(head, line)) {
        copy(out, head, head.nameFrom(line), head.lineTo(line));
      }
    }
    if (!preferences.isEmpty()) {
      out.writeBytes(PREFER_NAME);
      out.writeCharSequence(preferences, StandardCharsets.ISO_8859_1);
      out.writeBytes(CRLF);
    }
    forwardedLines(out, head, forwarding);
    out.writeBytes(head.minorVersion() == 0 ? VIA_10 : VIA_11);
  }

  /// Writes the request for a replica: HTTP/1.1, origin form, Host first if it had to be set.
  public static void request(
      ByteBuf out, RequestHead head, Forwarding forwarding, Passing passing) {
    boolean ownHost = ownHost(head);
    long dropped = HOP_BITS | DISGUISED.bit();
    dropped |= forwarding.trust() == Forwarding.Trust.REPLACE ? CLAIMS : RETOLD;
    dropped |= passing == Passing.EXPECT && head.expectContinue() ? 0 : EXPECT.bit();
    dropped &= passing == Passing.UPGRADE ? ~UPGRADE.bit() : -1L;
    dropped |= ownHost ? HOST.bit() : 0;
    long hops = head.maxForwards();
    dropped |= hops > 0 ? MAX_FORWARDS.bit() : 0;

    requestLine(out, head);
    if (ownHost) {
      hostLine(out, head, forwarding);
    }
    fields(out, head, dropped);
    if (hops > 0) {
      out.writeBytes(HOPS_NAME);
      out.writeCharSequence(Long.toString(hops - 1), StandardCharsets.US_ASCII);
      out.writeBytes(CRLF);
    }
    forwardedLines(out, head, forwarding);
    connectionLines(out, head, passing);
    out.writeBytes(head.minorVersion() == 0 ? VIA_10 : VIA_11);
    out.writeBytes(CRLF);
  }

  /// Writes the request line and the fields of a request that is kept in a queue, without the empty
  /// line. What forwarding adds is in it already; the fields of one connection and of its framing
  /// are left out, and what only the queue may say.
  static void stored(ByteBuf out, RequestHead head) {
    requestLine(out, head);
    long dropped = HOP_BITS | DISGUISED.bit() | FRAMED;
    for (int line = 0; line < head.headerCount(); line++) {
      if (!drops(head, line, dropped) && !ofQueue(head, line)) {
        copy(out, head, head.nameFrom(line), head.lineTo(line));
      }
    }
  }

  private static boolean ofQueue(Head head, int line) {
    int from = head.nameFrom(line);
    return head.nameTo(line) - from > QUEUE_FAMILY.length
        && Octets.sameDashed(head.bytes(), from, QUEUE_FAMILY);
  }

  /// The header lines of an answer without those of one connection and its framing, each with its
  /// CR LF; lines that do not fit are left out.
  public static byte[] lines(ResponseHead head, int mostBytes) {
    ByteBuf out = Unpooled.buffer(Math.min(head.headLength(), mostBytes), mostBytes);
    long dropped = HOP_BITS | CONTENT_LENGTH.bit() | TRANSFER_ENCODING.bit();
    for (int line = 0; line < head.headerCount(); line++) {
      int length = head.lineTo(line) - head.nameFrom(line);
      if (!drops(head, line, dropped) && length <= out.maxWritableBytes()) {
        copy(out, head, head.nameFrom(line), head.lineTo(line));
      }
    }
    return ByteBufUtil.getBytes(out);
  }

  private static void requestLine(ByteBuf out, RequestHead head) {
    copy(out, head, head.methodFrom(), head.methodTo());
    out.writeByte(' ');
    int from = head.pathFrom();
    if (from == head.pathTo()) {
      boolean asterisk = head.method() == Method.OPTIONS && head.queryFrom() < 0;
      out.writeByte(asterisk ? '*' : '/');
    }
    copy(out, head, from, head.targetTo());
    out.writeBytes(VERSION_LINE_END);
  }

  /// Whether the Host of the request is not the one that counts.
  private static boolean ownHost(RequestHead head) {
    return head.targetForm() == RequestHead.TargetForm.ABSOLUTE || !head.has(HOST);
  }

  private static void hostLine(ByteBuf out, RequestHead head, Forwarding forwarding) {
    out.writeBytes(HOST_NAME);
    host(out, head, forwarding);
    out.writeBytes(CRLF);
  }

  private static void host(ByteBuf out, RequestHead head, Forwarding forwarding) {
    if (head.hostTo() > head.hostFrom()) {
      copy(out, head, head.hostFrom(), head.hostTo());
    } else {
      out.writeBytes(forwarding.fallbackHost());
    }
  }

  private static void forwardedLines(ByteBuf out, RequestHead head, Forwarding forwarding) {
    out.writeBytes(FOR_NAME);
    out.writeBytes(forwarding.client());
    out.writeBytes(CRLF);
    out.writeBytes(PROTO_NAME);
    out.writeBytes(forwarding.scheme());
    out.writeBytes(CRLF);
    byte[] believed = forwarding.host();
    out.writeBytes(FORWARDED_HOST_NAME);
    if (believed == null) {
      host(out, head, forwarding);
    } else {
      out.writeBytes(believed);
    }
    out.writeBytes(CRLF);
    Forwarding.Element element = forwarding.element();
    if (element != null) {
      out.writeBytes(element.start());
      host(out, head, forwarding);
      out.writeBytes(element.end());
    }
  }

  private static void connectionLines(ByteBuf out, RequestHead head, Passing passing) {
    boolean upgrade = passing == Passing.UPGRADE && head.has(UPGRADE);
    if (wantsTrailers(head)) {
      out.writeBytes(upgrade ? TE_UPGRADE_LINES : TE_LINES);
    } else if (upgrade) {
      out.writeBytes(UPGRADE_LINE);
    }
  }

  private static boolean wantsTrailers(RequestHead head) {
    int line = head.find(TE);
    for (; line >= 0; line = head.next(TE, line)) {
      int from = head.valueFrom(line);
      int to = head.valueTo(line);
      if (Octets.listHas(head.bytes(), from, to, TRAILERS)) {
        return true;
      }
    }
    return false;
  }

  /// Writes the answer for the client: HTTP/1.1, with what the caller decided about the connection.
  public static void response(ByteBuf out, ResponseHead head, Persistence persistence) {
    response(out, head, persistence, null);
  }

  /// The same with a header line of our own.
  ///
  /// @param line a whole line with its CR LF; null for none
  public static void response(
      ByteBuf out, ResponseHead head, Persistence persistence, byte @Nullable [] line) {
    boolean bodiless = head.status() < 200 || head.status() == 204;
    long dropped = HOP_BITS;
    dropped |= bodiless ? CONTENT_LENGTH.bit() : 0;
    dropped |= persistence == Persistence.CLOSE_UNCHUNKED ? TRANSFER_ENCODING.bit() : 0;
    dropped &= persistence == Persistence.UPGRADE ? ~UPGRADE.bit() : -1L;

    out.writeBytes(STATUS_LINE_START);
    copy(out, head, ResponseHead.STATUS_FROM, ResponseHead.STATUS_TO);
    out.writeByte(' ');
    copy(out, head, head.reasonFrom(), head.reasonTo());
    out.writeBytes(CRLF);
    fields(out, head, dropped);
    if (line != null) {
      out.writeBytes(line);
    }
    out.writeBytes(connectionLine(persistence));
    out.writeBytes(head.minorVersion() == 0 ? VIA_10 : VIA_11);
    out.writeBytes(CRLF);
  }

  /// The Connection line that says so, or nothing.
  static byte[] connectionLine(Persistence persistence) {
    return switch (persistence) {
      case IMPLIED -> NOTHING;
      case STATED -> KEEP_ALIVE_LINE;
      case CLOSE, CLOSE_UNCHUNKED -> CLOSE_LINE;
      case UPGRADE -> UPGRADE_LINE;
    };
  }

  /// Copies the header lines in runs between those that are dropped.
  private static void fields(ByteBuf out, Head head, long dropped) {
    int from = head.fieldsFrom();
    if ((head.seen() & dropped) != 0 || head.options.namesHeaders()) {
      for (int line = 0; line < head.headerCount(); line++) {
        if (drops(head, line, dropped)) {
          copy(out, head, from, head.nameFrom(line));
          from = head.lineTo(line);
        }
      }
    }
    copy(out, head, from, head.fieldsTo());
  }

  private static boolean drops(Head head, int line, long dropped) {
    KnownHeader known = head.known(line);
    if ((known.bit() & dropped) != 0 && known != KnownHeader.OTHER) {
      return true;
    }
    return head.options.namesHeaders()
        && !known.fixed()
        && head.options.names(head.bytes(), head.nameFrom(line), head.nameTo(line));
  }

  private static void copy(ByteBuf out, Head head, int from, int to) {
    if (to > from) {
      out.writeBytes(head.bytes(), from, to - from);
    }
  }
}
