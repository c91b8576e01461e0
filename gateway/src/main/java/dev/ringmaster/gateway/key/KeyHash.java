package dev.ringmaster.gateway.key;

import com.dynatrace.hash4j.hashing.ByteAccess;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.ring.hash.HashFunction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A key rule made ready for use: finds a request's key and hashes its bytes where they lie.
///
/// A pure function of the request and the generator; allocates nothing. Safe for any thread. Keys
/// in a body are found by [BodyScan], keys in a signed cookie by [StickyKey]; here they are hashed.
public final class KeyHash {
  private static final ByteAccess<byte[]> ACCESS = ByteAccess.forByteArray();

  private final KeySource[] sources;
  private final byte[][] names;
  private final HashFunction function;
  private final boolean inHead;

  public KeyHash(KeyRule rule, HashFunction function) {
    this.sources = rule.sources().toArray(new KeySource[0]);
    this.names = new byte[sources.length][];
    this.function = function;
    this.inHead = rule.inHead();
    for (int i = 0; i < sources.length; i++) {
      names[i] = name(sources[i]).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /// Whether every request's key is in its head, so that [#hash(RequestHead, byte[],
  /// RandomGenerator)] finds it.
  public boolean inHead() {
    return inHead;
  }

  /// The source of a place; random for the place behind the last.
  public KeySource source(int place) {
    return place < sources.length ? sources[place] : new KeySource.Random();
  }

  /// The hash of this request's key, or a draw if it has none.
  ///
  /// @param client the bytes of the peer's IP address
  public long hash(RequestHead head, byte[] client, RandomGenerator random) {
    return hash(place(head), head, client, random);
  }

  /// The hash of a key that is not in the head.
  public long hash(byte[] key, int length) {
    return function.hash(key, 0, length, ACCESS);
  }

  /// The hash of the key at a place that [#place] found, or a draw if there is none in the head.
  ///
  /// @param client the bytes of the peer's IP address
  public long hash(int place, RequestHead head, byte[] client, RandomGenerator random) {
    if (place == sources.length) {
      return random.nextLong();
    }
    return switch (sources[place]) {
      case KeySource.Random _, KeySource.Body _, KeySource.Sticky _ -> random.nextLong();
      case KeySource.ClientAddress _ -> function.hash(client);
      default -> {
        long range = range(place, head);
        int from = Range.from(range);
        yield function.hash(head.bytes(), from, Range.to(range) - from, ACCESS);
      }
    };
  }

  /// The bytes of the key at a place, whose hash [#hash(byte\[\], int)] makes; empty if it is drawn
  /// or not in the head.
  ///
  /// @param client the bytes of the peer's IP address
  public byte[] bytes(int place, RequestHead head, byte[] client) {
    if (place < sources.length && sources[place] instanceof KeySource.ClientAddress) {
      return client.clone();
    }
    long range = place < sources.length ? range(place, head) : Range.EMPTY;
    return Arrays.copyOfRange(head.bytes(), Range.from(range), Range.to(range));
  }

  /// The text of the key at a place, for people; empty if it is not in the head.
  public String text(int place, RequestHead head) {
    long range = place < sources.length ? range(place, head) : Range.EMPTY;
    return head.text(Range.from(range), Range.to(range));
  }

  /// The first place that the head has; how many places there are if it has none. A sticky key is
  /// always there; keys in the body are passed over.
  public int place(RequestHead head) {
    int place = 0;
    while (place < sources.length && range(place, head) == Range.ABSENT) {
      place++;
    }
    return place;
  }

  /// Where in the head's bytes the key of a place stands; any present range where it is not there.
  private long range(int place, RequestHead head) {
    return switch (sources[place]) {
      case KeySource.Body _ -> Range.ABSENT;
      case KeySource.Random _, KeySource.ClientAddress _, KeySource.Sticky _ -> Range.EMPTY;
      case KeySource.Uri uri -> Range.of(head.pathFrom(), head.targetTo());
      case KeySource.Path path -> Range.of(head.pathFrom(), head.pathTo());
      case KeySource.Header header -> header(head, names[place]);
      case KeySource.Cookie cookie -> cookie(head, names[place]);
      case KeySource.Query query -> query(head, names[place]);
    };
  }

  private static long header(RequestHead head, byte[] name) {
    int line = head.find(name);
    return line < 0 ? Range.ABSENT : Range.nonEmpty(head.valueFrom(line), head.valueTo(line));
  }

  private static long cookie(RequestHead head, byte[] name) {
    for (int line = head.find(KnownHeader.COOKIE);
        line >= 0;
        line = head.next(KnownHeader.COOKIE, line)) {
      long range = Pairs.value(head.bytes(), head.valueFrom(line), head.valueTo(line), ';', name);
      if (range != Range.ABSENT) {
        return range;
      }
    }
    return Range.ABSENT;
  }

  private static long query(RequestHead head, byte[] name) {
    return head.queryFrom() < 0
        ? Range.ABSENT
        : Pairs.value(head.bytes(), head.queryFrom(), head.queryTo(), '&', name);
  }

  private static String name(KeySource source) {
    return switch (source) {
      case KeySource.Header header -> header.name().toLowerCase(Locale.ROOT);
      case KeySource.Cookie cookie -> cookie.name();
      case KeySource.Query query -> query.name();
      default -> "";
    };
  }
}
