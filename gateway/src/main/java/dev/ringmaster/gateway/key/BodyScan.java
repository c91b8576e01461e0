package dev.ringmaster.gateway.key;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.Framing;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.json.PointerScan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks for a key in a request's body as it comes: at those places of the rule that lie in the
/// body and come before the first one that the head has. It keeps nothing of the body but the key,
/// and is done as soon as it is known which place gives the key. Bytes are counted as they are
/// sent, chunk framing included. Used for one request after another, by one thread.
public final class BodyScan {
  private static final int NONE = -1;
  private static final String JSON_TYPE = "application/json";
  private static final String TEXT_JSON_TYPE = "text/json";
  private static final String JSON_SUFFIX = "+json";

  private final int[] places;
  private final PointerScan[] scans;
  private final BodyReader reader;
  private final int mostBytes;
  private int asked;
  private int seen;
  private int found = NONE;
  private @Nullable BodyMiss miss;

  /// A scan for the body places of a rule.
  ///
  /// @param mostBytes of a body that are read for its key
  /// @param limits of bodies
  public BodyScan(KeyRule rule, int mostBytes, Limits limits) {
    int count = 0;
    int[] inBody = new int[rule.sources().size()];
    PointerScan[] scanners = new PointerScan[inBody.length];
    for (int i = 0; i < inBody.length; i++) {
      if (rule.sources().get(i) instanceof KeySource.Body body) {
        inBody[count] = i;
        scanners[count++] = new PointerScan(body.pointer(), body.chars());
      }
    }
    this.places = Arrays.copyOf(inBody, count);
    this.scans = Arrays.copyOf(scanners, count);
    this.reader = new BodyReader(limits);
    this.mostBytes = mostBytes;
  }

  /// Whether the rule has places in the body at all.
  public boolean needed() {
    return places.length > 0;
  }

  /// Begins with a request.
  ///
  /// @param before the first place that the head has; later ones are not looked for
  /// @return whether its body has to be read
  public boolean begin(RequestHead head, int before) {
    asked = 0;
    seen = 0;
    found = NONE;
    miss = null;
    while (asked < places.length && places[asked] < before) {
      scans[asked].clear();
      asked++;
    }
    if (asked == 0) {
      return false;
    }
    reader.start(head);
    miss = unreadable(head);
    return miss == null;
  }

  /// The same with a request whose body is all there, without the framing it came in.
  ///
  /// @return whether it looked at the body: then it is done
  public boolean search(RequestHead head, int before, byte[] body) {
    if (!begin(head, before)) {
      return false;
    }
    reader.start(Framing.LENGTH, body.length);
    if (body.length == 0) {
      miss = BodyMiss.NO_BODY;
      return false;
    }
    return take(Unpooled.wrappedBuffer(body, 0, Math.min(body.length, mostBytes)));
  }

  private @Nullable BodyMiss unreadable(RequestHead head) {
    if (reader.state() == BodyReader.State.ENDED) {
      return BodyMiss.NO_BODY;
    }
    int type = head.find(KnownHeader.CONTENT_TYPE);
    if (type >= 0 && !json(head.text(head.valueFrom(type), head.valueTo(type)))) {
      return BodyMiss.NOT_JSON;
    }
    int encoding = head.find(KnownHeader.CONTENT_ENCODING);
    return encoding >= 0 && !identity(head.text(head.valueFrom(encoding), head.valueTo(encoding)))
        ? BodyMiss.ENCODED
        : null;
  }

  private static boolean json(String value) {
    int semicolon = value.indexOf(';');
    String type = (semicolon < 0 ? value : value.substring(0, semicolon)).strip();
    return type.equalsIgnoreCase(JSON_TYPE)
        || type.equalsIgnoreCase(TEXT_JSON_TYPE)
        || type.regionMatches(
            true, type.length() - JSON_SUFFIX.length(), JSON_SUFFIX, 0, JSON_SUFFIX.length());
  }

  private static boolean identity(String value) {
    return value.isEmpty() || value.equalsIgnoreCase("identity");
  }

  /// How many more bytes of the body may be looked at.
  public int room() {
    return mostBytes - seen;
  }

  /// Looks at the next bytes of the body, at most [#room]; moves no index.
  ///
  /// @return whether it is done: [#place] or [#miss] says how
  public boolean take(ByteBuf piece) {
    ByteBuf rest = piece.duplicate();
    seen += rest.readableBytes();
    boolean done = false;
    int run;
    while (!done && (run = reader.payload(rest)) > 0) {
      done = look(rest, run);
      rest.skipBytes(run);
    }
    return done || endIfOver();
  }

  private boolean look(ByteBuf content, int length) {
    int from = content.readerIndex();
    for (int i = 0; i < asked; i++) {
      scans[i].take(content, from, from + length);
    }
    return judge(false);
  }

  private boolean endIfOver() {
    if (reader.state() == BodyReader.State.ENDED) {
      for (int i = 0; i < asked; i++) {
        scans[i].end();
      }
      return judge(false);
    }
    return seen >= mostBytes && judge(true);
  }

  /// The first place that has the key gives it, once all before it are known to have none.
  ///
  /// @param late no more bytes are read: who has not found the key by now has none
  private boolean judge(boolean late) {
    for (int i = 0; i < asked; i++) {
      switch (scans[i].state()) {
        case FOUND -> {
          found = i;
          miss = null;
          return true;
        }
        case SEEKING -> {
          if (!late) {
            return false;
          }
          note(BodyMiss.TOO_LONG);
        }
        case ABSENT -> note(BodyMiss.ABSENT);
        case MALFORMED -> note(BodyMiss.MALFORMED);
      }
    }
    return true;
  }

  /// The reason of the first place stands for all.
  private void note(BodyMiss why) {
    miss = miss == null ? why : miss;
  }

  /// Forgets what was found in the last body.
  public void forget() {
    for (PointerScan scan : scans) {
      scan.clear();
    }
    found = NONE;
  }

  /// The place of the rule that gave the key; -1 if none did.
  public int place() {
    return found == NONE ? NONE : places[found];
  }

  /// The key's bytes, of which the first [#keyLength] count; only if there is a [#place].
  public byte[] key() {
    return scans[found].key();
  }

  /// How many bytes the key has.
  public int keyLength() {
    return scans[found].keyLength();
  }

  /// Why there is no key; null if there is one, or none was looked for.
  public @Nullable BodyMiss miss() {
    return miss;
  }
}
