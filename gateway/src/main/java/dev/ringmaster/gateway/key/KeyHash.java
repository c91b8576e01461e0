package dev.ringmaster.gateway.key;

import com.dynatrace.hash4j.hashing.ByteAccess;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.ring.hash.HashFunction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// A key rule made ready for use: finds a request's key and hashes its bytes where they lie.
///
/// A pure function of the request and the generator; allocates nothing. Safe for any thread.
public final class KeyHash {
  private static final ByteAccess<byte[]> ACCESS = ByteAccess.forByteArray();

  private final KeySource[] sources;
  private final byte[][] names;
  private final HashFunction function;

  public KeyHash(KeyRule rule, HashFunction function) {
    this.sources = rule.sources().toArray(new KeySource[0]);
    this.names = new byte[sources.length][];
    this.function = function;
    for (int i = 0; i < sources.length; i++) {
      names[i] = name(sources[i]).getBytes(StandardCharsets.US_ASCII);
    }
  }

  /// The place that gives this request's key: the first that it has, or random.
  public KeySource source(RequestHead head) {
    int place = place(head);
    return place < sources.length ? sources[place] : new KeySource.Random();
  }

  /// The hash of this request's key, or a draw if it has none.
  ///
  /// @param client the bytes of the peer's IP address
  public long hash(RequestHead head, byte[] client, RandomGenerator random) {
    int place = place(head);
    if (place == sources.length) {
      return random.nextLong();
    }
    return switch (sources[place]) {
      case KeySource.Random none -> random.nextLong();
      case KeySource.ClientAddress peer -> function.hash(client);
      default -> {
        long range = range(place, head);
        int from = Range.from(range);
        yield function.hash(head.bytes(), from, Range.to(range) - from, ACCESS);
      }
    };
  }

  private int place(RequestHead head) {
    int place = 0;
    while (place < sources.length && range(place, head) == Range.ABSENT) {
      place++;
    }
    return place;
  }

  /// Where in the head's bytes the key of a place stands; any present range where it is not there.
  private long range(int place, RequestHead head) {
    return switch (sources[place]) {
      case KeySource.Random none -> Range.EMPTY;
      case KeySource.ClientAddress peer -> Range.EMPTY;
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
