package dev.ringmaster.queue.lane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;

/// A set of hashes in an open table, 12 to 32 bytes each; the hashes are spread well already.
final class LongSet implements LongPredicate {
  private static final int LEAST = 16;

  private long[] table = new long[LEAST];
  private boolean zero;
  private int size;

  LongSet() {}

  LongSet(Collection<Long> values) {
    values.forEach(this::add);
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Override
  public boolean test(long value) {
    return value == 0 ? zero : table[place(value)] == value;
  }

  void add(long value) {
    if (test(value)) {
      return;
    }
    size++;
    if (value == 0) {
      zero = true;
      return;
    }
    if (size * 3L > table.length * 2L) {
      grow();
    }
    table[place(value)] = value;
  }

  void forEach(LongConsumer each) {
    if (zero) {
      each.accept(0);
    }
    for (long value : table) {
      if (value != 0) {
        each.accept(value);
      }
    }
  }

  List<Long> toList() {
    List<Long> all = new ArrayList<>(size);
    forEach(all::add);
    return all;
  }

  private void grow() {
    long[] old = table;
    table = new long[old.length * 2];
    for (long value : old) {
      if (value != 0) {
        table[place(value)] = value;
      }
    }
  }

  /// Where a value is, or the free place where it would be.
  private int place(long value) {
    int at = Long.hashCode(value) & (table.length - 1);
    while (table[at] != 0 && table[at] != value) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  /// Those that a rule keeps.
  LongSet filtered(LongPredicate kept) {
    LongSet fresh = new LongSet();
    forEach(value -> {
      if (kept.test(value)) {
        fresh.add(value);
      }
    });
    return fresh;
  }
}
