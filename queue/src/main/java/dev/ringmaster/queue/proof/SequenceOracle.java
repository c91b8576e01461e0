package dev.ringmaster.queue.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/// Knows what a queue may do. Producers write (key, n), n growing for each key, the next one only
/// when the one before it was answered; handlers say what arrives and what becomes of it; whoever
/// kills something says so. Asserted is what the queue promises and nothing else:
///
/// - nothing confirmed is lost;
/// - nothing is delivered after its end was confirmed;
/// - first deliveries are in the order of n, for each key;
/// - two deliveries of a key are never under way at once;
/// - a message is handled twice only if it was under way at a crash or a takeover.
///
/// Safe for use by many threads. A message costs some 100 bytes until the end.
public final class SequenceOracle {
  /// Violations that are told in words.
  public static final int TOLD = 20;

  private final Map<String, Key> keys = new HashMap<>();
  private final List<String> first = new ArrayList<>();
  private long sent;
  private long delivered;
  private long outOfOrder;
  private long together;
  private long afterEnd;
  private long repeated;
  private long repeatable;

  /// What is known of a key.
  private static final class Key {
    final TreeMap<Long, Fate> fates = new TreeMap<>();
    long lastFirst = Long.MIN_VALUE;
    long underWay = NOTHING;
    String owner = "";
  }

  private static final long NOTHING = Long.MIN_VALUE;

  /// What is known of a message.
  private static final class Fate {
    Sending sending = Sending.UNKNOWN;
    Handling handling = Handling.NONE;
    String owner = "";
  }

  private enum Sending {
    UNKNOWN,
    CONFIRMED
  }

  /// How far it has come; later ones are greater.
  private enum Handling {
    NONE,
    DELIVERED,
    /// The handler has answered well; nobody has confirmed that this is kept.
    HANDLED,
    CONFIRMED,
    DEAD
  }

  /// A producer has been told that a message is kept.
  public synchronized void confirmed(String key, long n) {
    fate(key, n).sending = Sending.CONFIRMED;
    sent++;
  }

  /// A delivery begins.
  ///
  /// @param owner who delivers; what he has under way ends with [#crashed]
  public synchronized void arrived(String owner, String key, long n) {
    delivered++;
    Key of = of(key);
    Fate fate = fate(key, n);
    if (of.underWay != NOTHING) {
      together++;
      tell("two at once: " + key + "/" + n + " while " + of.underWay + " is under way");
    }
    judge(of, key, n, fate);
    of.underWay = n;
    of.owner = owner;
    fate.owner = owner;
  }

  private void judge(Key of, String key, long n, Fate fate) {
    switch (fate.handling) {
      case NONE -> {
        if (n < of.lastFirst) {
          outOfOrder++;
          tell("out of order: " + key + "/" + n + " after " + of.lastFirst);
        }
        of.lastFirst = Math.max(of.lastFirst, n);
        fate.handling = Handling.DELIVERED;
      }
      case HANDLED -> {
        repeated++;
        fate.handling = Handling.DELIVERED;
      }
      case CONFIRMED, DEAD -> {
        afterEnd++;
        tell("after its end: " + key + "/" + n + " (" + fate.handling + ")");
      }
      case DELIVERED -> {}
    }
  }

  /// A handler answers well. The delivery is not under way any more; if it was not, because its
  /// owner had lost it, the answer reaches nobody.
  public synchronized void handled(String owner, String key, long n) {
    if (leaves(owner, key, n)) {
      raise(fate(key, n), Handling.HANDLED);
    }
  }

  /// A delivery has ended otherwise: badly, or given back.
  public synchronized void failed(String owner, String key, long n) {
    var _ = leaves(owner, key, n);
  }

  private boolean leaves(String owner, String key, long n) {
    Key of = of(key);
    boolean here = of.underWay == n && of.owner.equals(owner);
    if (here) {
      of.underWay = NOTHING;
    }
    return here;
  }

  /// It is known that the end of a message is kept. Of one that was not handled this is not
  /// believed: it stays lost.
  public synchronized void ended(String key, long n) {
    Fate fate = fate(key, n);
    if (fate.handling == Handling.HANDLED) {
      fate.handling = Handling.CONFIRMED;
    }
  }

  /// A consumer's word that it has handled a message has been kept.
  public synchronized void acknowledged(String key, long n) {
    raise(fate(key, n), Handling.CONFIRMED);
  }

  /// A message is known to be dead.
  public synchronized void dead(String key, long n) {
    raise(fate(key, n), Handling.DEAD);
  }

  /// A dead message lives again, behind all others of its key.
  public synchronized void redriven(String key, long n) {
    fate(key, n).handling = Handling.DELIVERED;
  }

  /// An owner has died, or has lost what he owns: what he had under way, or had handled without a
  /// confirmation, may come again.
  public synchronized void crashed(String owner) {
    lost(owner, key -> true);
  }

  /// As [#crashed], of some keys alone.
  public synchronized void lost(String owner, Predicate<String> which) {
    for (Map.Entry<String, Key> one : keys.entrySet()) {
      if (which.test(one.getKey())) {
        lost(owner, one.getValue());
      }
    }
  }

  private void lost(String owner, Key key) {
    if (key.owner.equals(owner)) {
      key.underWay = NOTHING;
    }
    for (Fate fate : key.fates.values()) {
      if (fate.handling == Handling.HANDLED && fate.owner.equals(owner)) {
        repeatable++;
        fate.owner = "";
      }
    }
  }

  /// Whether every confirmed message has been handled or is dead.
  public synchronized boolean isComplete() {
    return lost() == 0;
  }

  /// The judgement so far.
  public synchronized Verdicts verdicts() {
    return new Verdicts(
        sent,
        delivered,
        lost(),
        outOfOrder,
        together,
        afterEnd,
        repeated,
        repeatable,
        List.copyOf(first));
  }

  private long lost() {
    long lost = 0;
    for (Key key : keys.values()) {
      for (Fate fate : key.fates.values()) {
        boolean open = fate.handling.compareTo(Handling.HANDLED) < 0;
        lost += fate.sending == Sending.CONFIRMED && open ? 1 : 0;
      }
    }
    return lost;
  }

  private static void raise(Fate fate, Handling to) {
    if (fate.handling.compareTo(to) < 0) {
      fate.handling = to;
    }
  }

  private Key of(String key) {
    return keys.computeIfAbsent(key, unseen -> new Key());
  }

  private Fate fate(String key, long n) {
    return of(key).fates.computeIfAbsent(n, unseen -> new Fate());
  }

  private void tell(String what) {
    if (first.size() < TOLD) {
      first.add(what);
    }
  }
}
