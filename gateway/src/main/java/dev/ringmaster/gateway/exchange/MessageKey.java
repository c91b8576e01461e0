package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.BodyScan;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.key.StickyKey;
import dev.ringmaster.gateway.key.sticky.StickyCookie;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The key of a request that is all there, as the bytes that its service hashes: what [KeySearch]
/// finds in a request that is still coming.
///
/// @param bytes empty if the rule draws a key for each request
/// @param cookieLine what gives the client its cookie, with its CR LF; null if it needs none
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record MessageKey(byte[] bytes, byte @Nullable [] cookieLine) {

  static MessageKey of(LocalService service, ClientConnection client, byte[] body) {
    RequestHead head = client.head();
    int place = service.keys().place(head);
    BodyScan scan = service.bodyScan();
    if (scan != null && scan.search(head, place, body) && scan.place() >= 0) {
      service.ledger().bodyKey(null);
      return new MessageKey(Arrays.copyOf(scan.key(), scan.keyLength()), null);
    }
    if (scan != null && scan.miss() != null) {
      service.ledger().bodyKey(scan.miss());
    }
    StickyKey sticky = service.sticky();
    return sticky != null && service.keys().source(place) instanceof KeySource.Sticky
        ? ofCookie(service, client, sticky)
        : new MessageKey(service.keys().bytes(place, head, client.address()), null);
  }

  private static MessageKey ofCookie(
      LocalService service, ClientConnection client, StickyKey sticky) {
    StickyKey.Found found = sticky.find(client.head());
    if (found == StickyKey.Found.FORGED) {
      service.ledger().stickyForged();
    }
    byte[] line = null;
    if (found != StickyKey.Found.VALID) {
      service.ledger().stickyIssued();
      line = sticky.cookie().issue(service.lane().random(), client.secure());
    }
    return new MessageKey(Arrays.copyOf(sticky.cookie().key(), StickyCookie.KEY_BYTES), line);
  }
}
