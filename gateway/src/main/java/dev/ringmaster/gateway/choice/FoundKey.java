package dev.ringmaster.gateway.choice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.BodyScan;
import dev.ringmaster.gateway.key.KeyHash;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.key.StickyKey;
import dev.ringmaster.gateway.key.sticky.StickyCookie;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Where the key of a request that is explained was found, and what it hashes to.
///
/// @param source the place that gave it
/// @param hash a draw if the request has no key yet
/// @param bytes what is hashed; empty if it is drawn
/// @param why for people: a half sentence
/// @param drawn whether another request like this one may get another key
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record FoundKey(KeySource source, long hash, byte[] bytes, String why, boolean drawn) {
  /// A request that is explained.
  record Request(RequestHead head, RequestFacts facts) {}

  static FoundKey of(ServiceSettings settings, Request request, RandomGenerator random) {
    KeyHash keys = new KeyHash(settings.key(), settings.hash());
    BodyScan scan = new BodyScan(settings.key(), settings.limits().bodyKeyBytes(), Limits.DEFAULT);
    int place = keys.place(request.head());
    if (scan.begin(request.head(), place)) {
      ByteBuf body = Unpooled.copiedBuffer(request.facts().body(), UTF_8);
      scan.take(body.readSlice(Math.min(body.readableBytes(), scan.room())));
    }
    if (scan.place() >= 0) {
      KeySource source = keys.source(scan.place());
      long hash = keys.hash(scan.key(), scan.keyLength());
      byte[] bytes = Arrays.copyOf(scan.key(), scan.keyLength());
      return new FoundKey(source, hash, bytes, "the key is its " + source.text(), false);
    }
    String miss =
        scan.miss() == null ? "" : "there is no key in the body (" + scan.miss().reason() + "); ";
    KeySource source = keys.source(place);
    StickySettings signing = settings.sticky();
    if (source instanceof KeySource.Sticky sticky && signing != null) {
      return sticky(new StickyKey(signing, sticky), keys, request.head(), random, miss);
    }
    byte[] client = request.facts().client().getAddress();
    long hash = keys.hash(place, request.head(), client, random);
    byte[] bytes = keys.bytes(place, request.head(), client);
    return new FoundKey(
        source, hash, bytes, miss + why(source), source instanceof KeySource.Random);
  }

  private static FoundKey sticky(
      StickyKey sticky, KeyHash keys, RequestHead head, RandomGenerator random, String miss) {
    StickyKey.Found found = sticky.find(head);
    if (found != StickyKey.Found.VALID) {
      sticky.cookie().issue(random, false);
    }
    long hash = keys.hash(sticky.cookie().key(), StickyCookie.KEY_BYTES);
    String why =
        switch (found) {
          case VALID -> "the key is in its signed cookie";
          case FORGED ->
              "its cookie was not made here, so that it gets a new key; one draw as an example";
          case NONE -> "it has no cookie yet and gets a new key; one draw as an example";
        };
    byte[] bytes = Arrays.copyOf(sticky.cookie().key(), StickyCookie.KEY_BYTES);
    return new FoundKey(sticky.source(), hash, bytes, miss + why, found != StickyKey.Found.VALID);
  }

  private static String why(KeySource source) {
    return source instanceof KeySource.Random
        ? "the request has no key, so that a number is drawn each time and any replica may get it;"
            + " one draw as an example"
        : "the key is its " + source.text();
  }
}
