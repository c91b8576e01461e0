package dev.ringmaster.queue.commit;

import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.QueueStore;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Group commit (DeWitt et al., "Implementation techniques for main memory database systems",
/// SIGMOD 1984): while one commit waits for the disk, the orders of the next one gather.
///
/// ```
/// submit ─▶ waiting ─▶ commitWaiting: up to 1024 orders, one commit ─▶ every stage ends
///             │
///             └─ full: refused at once, without the disk
/// ```
///
/// Any thread submits; one calls [#commitWaiting], in life that of a [CommitThread], in a
/// simulation the simulation. Stages end on that thread, after the commit and before the next.
public final class Committer {
  /// Orders of one commit, unless one group has more. More would not be cheaper each, and the first
  /// would wait longer.
  public static final int MOST_ORDERS = 1024;

  /// Bytes of one commit, unless one group has more: what a disk writes in some hundredths of a
  /// second.
  public static final long MOST_BYTES = 8 << 20;

  /// Groups that wait. Beyond it appends are refused; ends of messages are not, since there are no
  /// more of them than messages in flight.
  public static final int MOST_WAITING = 16 << 10;

  /// Bytes that wait, beyond which appends are refused.
  public static final long MOST_WAITING_BYTES = 64 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final QueueStore store;
  private final Runnable wake;
  private final Queue<OrderGroup> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingGroups = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private volatile CommitCounts counts = CommitCounts.NONE;
  private volatile Phase phase = Phase.OPEN;

  private enum Phase {
    OPEN,
    /// What waits is still committed.
    CLOSING,
    ENDED
  }

  /// @param wake called after something was submitted, by whoever submitted it
  public Committer(QueueStore store, Runnable wake) {
    this.store = store;
    this.wake = wake;
  }

  /// Asks for orders that are carried out together or not at all. The stage never fails.
  public CompletionStage<Committed> submit(List<Order> orders) {
    OrderGroup group = OrderGroup.of(orders);
    StoreFault refused = refused(group);
    if (refused != null) {
      group.ended().complete(new Committed.Failed(refused));
      return group.ended();
    }
    waitingGroups.incrementAndGet();
    waitingBytes.addAndGet(group.bytes());
    waiting.add(group);
    wake.run();
    if (phase == Phase.ENDED) {
      refuseWaiting();
    }
    return group.ended();
  }

  /// Commits once what waits, up to the bounds above.
  ///
  /// @return the fault that ended it, or null if there was none
  public @Nullable StoreFault commitWaiting() {
    List<OrderGroup> groups = take();
    return groups.isEmpty() ? null : commit(groups);
  }

  /// Whether anything waits.
  public boolean isIdle() {
    return waiting.isEmpty();
  }

  /// What has been done so far.
  public CommitCounts counts() {
    return counts;
  }

  /// From now on everything is refused; what waits is not touched.
  void refuseAll() {
    phase = Phase.CLOSING;
  }

  /// Nobody will commit any more: what waits is refused, and whatever still comes.
  void end() {
    phase = Phase.ENDED;
    refuseWaiting();
  }

  private void refuseWaiting() {
    StoreFault fault = closing();
    OrderGroup left = waiting.poll();
    while (left != null) {
      left.ended().complete(new Committed.Failed(fault));
      left = waiting.poll();
    }
  }

  private static StoreFault closing() {
    return new StoreFault(Kind.UNAVAILABLE, Durable.NO, "the store is being closed", null);
  }

  private @Nullable StoreFault refused(OrderGroup group) {
    if (phase != Phase.OPEN) {
      return closing();
    }
    boolean full = waitingGroups.get() >= MOST_WAITING || waitingBytes.get() >= MOST_WAITING_BYTES;
    return group.appends() && full
        ? new StoreFault(Kind.UNAVAILABLE, Durable.NO, "too much waits for the disk", null)
        : null;
  }

  private List<OrderGroup> take() {
    List<OrderGroup> taken = new ArrayList<>();
    int orders = 0;
    long bytes = 0;
    OrderGroup next = waiting.peek();
    while (next != null
        && (taken.isEmpty()
            || (orders + next.orders().size() <= MOST_ORDERS
                && bytes + next.bytes() <= MOST_BYTES))) {
      taken.add(next);
      waiting.remove();
      orders += next.orders().size();
      bytes += next.bytes();
      next = waiting.peek();
    }
    waitingGroups.addAndGet(-taken.size());
    waitingBytes.addAndGet(-bytes);
    return taken;
  }

  private @Nullable StoreFault commit(List<OrderGroup> groups) {
    long beganNs = System.nanoTime();
    List<Order> orders = new ArrayList<>();
    groups.forEach(group -> orders.addAll(group.orders()));
    try {
      List<Effect> effects = store.commit(orders);
      counts = counts.committed(orders.size(), System.nanoTime() - beganNs);
      hand(groups, effects);
      return null;
    } catch (StoreFault fault) {
      counts = counts.failed(fault);
      return failed(groups, fault);
    } catch (RuntimeException defect) {
      LOG.error(
          "a commit of {} groups failed in a way that no store should", groups.size(), defect);
      StoreFault fault =
          new StoreFault(Kind.UNAVAILABLE, Durable.UNKNOWN, "a defect: " + defect, defect);
      counts = counts.failed(fault);
      refuse(groups, fault);
      return fault;
    }
  }

  /// A full disk takes no more messages, but it takes the ends of those that it has.
  private @Nullable StoreFault failed(List<OrderGroup> groups, StoreFault fault) {
    List<OrderGroup> ends = groups.stream().filter(group -> !group.appends()).toList();
    boolean helps = fault.kind() == Kind.DISK_FULL && fault.durable() == Durable.NO;
    if (helps && !ends.isEmpty() && ends.size() < groups.size()) {
      refuse(groups.stream().filter(OrderGroup::appends).toList(), fault);
      StoreFault again = commit(ends);
      return again == null ? fault : again;
    }
    refuse(groups, fault);
    return fault;
  }

  private static void refuse(List<OrderGroup> groups, StoreFault fault) {
    groups.forEach(group -> group.ended().complete(new Committed.Failed(fault)));
  }

  private static void hand(List<OrderGroup> groups, List<Effect> effects) {
    int from = 0;
    for (OrderGroup group : groups) {
      int to = from + group.orders().size();
      group.ended().complete(new Committed.Durable(List.copyOf(effects.subList(from, to))));
      from = to;
    }
  }
}
