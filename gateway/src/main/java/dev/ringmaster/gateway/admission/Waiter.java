package dev.ringmaster.gateway.admission;

import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/// A request that waits for a replica in a [WaitingRoom].
///
/// ```
/// WAITING → CALLED     a place at a replica is held for it, and its thread will hear of it
///    └────→ GONE       its time was up, or its client left
/// ```
public final class Waiter {
  private enum State {
    WAITING,
    CALLED,
    GONE
  }

  /// What hears that the wait is over.
  public interface Caller {
    /// A place at the replica is held for the request. Called on the executor it came with; the
    /// request may have gone since, and must give the place back then.
    void called(Waiter waiter, Replica replica);
  }

  private final long client;
  private final List<Load> shunned;
  private final Executor executor;
  private final Caller caller;
  private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

  /// A request that begins to wait.
  ///
  /// @param client whose it is, as [ClientEntry#keyOf] has it
  /// @param shunned the replicas it was tried at
  /// @param executor where it lives
  public Waiter(long client, List<Load> shunned, Executor executor, Caller caller) {
    this.client = client;
    this.shunned = shunned;
    this.executor = executor;
    this.caller = caller;
  }

  boolean of(long other) {
    return client == other;
  }

  long client() {
    return client;
  }

  boolean wants(Replica replica) {
    return state.get() == State.WAITING && !shunned.contains(replica.load());
  }

  /// It is this one's turn; false if it is no longer waiting.
  boolean call() {
    return state.compareAndSet(State.WAITING, State.CALLED);
  }

  boolean leave() {
    return state.compareAndSet(State.WAITING, State.GONE);
  }

  void tell(Replica replica) {
    executor.execute(() -> caller.called(this, replica));
  }
}
