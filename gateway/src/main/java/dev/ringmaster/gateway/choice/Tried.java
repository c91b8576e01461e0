package dev.ringmaster.gateway.choice;

import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.retry.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The replicas that one request was tried at; replicas are told apart by their load, which is the
/// same object in every view.
public final class Tried {
  /// More replicas than one request may be tried at, those that refused the connection included.
  public static final int MOST = 16;

  private final @Nullable Load[] loads = new Load[MOST];
  private final boolean[] refused = new boolean[MOST];
  private int count;
  private int heard;

  /// Forgets all.
  public void clear() {
    while (count > 0) {
      loads[--count] = null;
    }
    heard = 0;
  }

  /// Forgets those that refused the connection: they saw nothing, and may serve again by now.
  public void forgetRefused() {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      Load load = loads[i];
      loads[i] = null;
      if (!refused[i]) {
        loads[kept] = load;
        refused[kept++] = false;
      }
    }
    count = kept;
  }

  /// Takes over what another has noted.
  public void addAll(Tried other) {
    clear();
    System.arraycopy(other.loads, 0, loads, 0, other.count);
    System.arraycopy(other.refused, 0, refused, 0, other.count);
    count = other.count;
    heard = other.heard;
  }

  /// Notes the outcome of a try.
  public void add(Replica replica, Failure failure) {
    if (!contains(replica)) {
      loads[count] = replica.load();
      refused[count] = failure == Failure.REFUSED;
      heard += refused[count] ? 0 : 1;
      count++;
    }
  }

  /// Whether another replica may be tried at all.
  public boolean full() {
    return count == MOST;
  }

  /// How many of them cost the client time or may have seen the request: all but those that
  /// refused.
  public int heard() {
    return heard;
  }

  /// The same, and this one, which did not refuse.
  public int heardWith(Replica last) {
    return heard + (contains(last) ? 0 : 1);
  }

  /// Whether this replica is one of them.
  public boolean contains(Replica replica) {
    for (int i = 0; i < count; i++) {
      if (loads[i] == replica.load()) {
        return true;
      }
    }
    return false;
  }

  /// The loads of the replicas that were tried.
  public List<Load> loads() {
    List<Load> copy = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      copy.add(Objects.requireNonNull(loads[i]));
    }
    return copy;
  }

  /// Whether no replica was tried.
  public boolean none() {
    return count == 0;
  }
}
