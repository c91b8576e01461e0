package dev.ringmaster.gateway.key;

import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.sticky.StickyCookie;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import java.nio.charset.StandardCharsets;

/// Finds the key in a request's signed cookie. For one thread.
public final class StickyKey {
  /// Cookies of the name that one request has checked; a MAC costs something, and a browser sends
  /// several only if others set some for other paths or domains.
  private static final int MOST_CHECKED = 4;

  /// What a request's cookies came to.
  public enum Found {
    /// There is no cookie of the name.
    NONE,
    /// There are some, and none was made here.
    FORGED,
    /// The key of one is in [StickyCookie#key].
    VALID
  }

  private final StickyCookie cookie;
  private final KeySource.Sticky source;
  private final byte[] name;

  /// For the cookie of a place's name.
  public StickyKey(StickySettings settings, KeySource.Sticky source) {
    this.cookie = new StickyCookie(settings, source.name());
    this.source = source;
    this.name = source.name().getBytes(StandardCharsets.US_ASCII);
  }

  /// Looks for a cookie that was made here.
  public Found find(RequestHead head) {
    int checked = 0;
    for (int line = head.find(KnownHeader.COOKIE);
        line >= 0;
        line = head.next(KnownHeader.COOKIE, line)) {
      int from = head.valueFrom(line);
      int to = head.valueTo(line);
      long range;
      while (checked < MOST_CHECKED
          && (range = Pairs.value(head.bytes(), from, to, ';', name)) != Range.ABSENT) {
        if (cookie.check(head.bytes(), Range.from(range), Range.to(range))) {
          return Found.VALID;
        }
        checked++;
        from = Range.to(range);
      }
    }
    return checked == 0 ? Found.NONE : Found.FORGED;
  }

  /// The place of a key rule that it serves.
  public KeySource.Sticky source() {
    return source;
  }

  /// Makes keys and has the one that was found.
  public StickyCookie cookie() {
    return cookie;
  }
}
