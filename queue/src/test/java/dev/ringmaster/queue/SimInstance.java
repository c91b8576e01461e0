package dev.ringmaster.queue;

import dev.ringmaster.queue.commit.Committer;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.desk.Budget;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.desk.Desk;
import dev.ringmaster.queue.desk.Post;
import dev.ringmaster.queue.desk.Results;
import dev.ringmaster.queue.desk.Tools;
import dev.ringmaster.queue.lane.Bounds;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageIds;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoredQueue;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One Ringmaster of a history, until it dies: the real desk, committer and ownership, with the
/// threads replaced by events.
final class SimInstance {
  /// So small that every history meets full windows, partial lanes and delays that do not fit.
  private static final Bounds TINY = new Bounds(6, 2, 1, 5, 3, 2, 50);

  private static final long KEPT_BYTES = 2_000;

  private static final Results NOBODY =
      new Results() {
        @Override
        public Order.@Nullable Append order(String queue, Message message, MessageStatus status) {
          return null;
        }

        @Override
        public void kept(Order.Append order, Effect effect) {}
      };

  final String name;
  final Desk desk;
  private final SimWorld world;
  private final Committer committer;
  private final Ownership ownership;
  private final Queue<Runnable> letters = new ArrayDeque<>();
  private Life life = Life.ALIVE;
  private Pending turn = Pending.NONE;
  private Pending commit = Pending.NONE;
  private Where where = Where.ELSEWHERE;
  private long stoppedUntilNs;
  private long turnNumber;

  private enum Life {
    ALIVE,
    DEAD
  }

  private enum Pending {
    NONE,
    DUE
  }

  /// Which of its threads runs.
  private enum Where {
    ELSEWHERE,
    READER
  }

  SimInstance(
      String name,
      SimWorld world,
      SimStore store,
      StoredQueue stored,
      Sharing sharing,
      Courier courier) {
    this.name = name;
    this.world = world;
    this.committer = new Committer(store, this::commitSoon);
    Clocks clocks = new Clocks(world::nowNs, world.wallClock());
    QueuesSettings settings =
        sharing == Sharing.ALONE
            ? new QueuesSettings(name, QueuesSettings.Sharing.ALONE, 1, KEPT_BYTES)
            : new QueuesSettings(name, QueuesSettings.Sharing.SHARED, 1, KEPT_BYTES);
    this.ownership =
        new Ownership(
            store,
            settings,
            clocks,
            new Ownership.World(this::posts, this::seen, () -> soon(500, this::round)));
    Tools tools =
        new Tools(
            store,
            committer,
            this::read,
            this::post,
            clocks,
            world.random,
            () -> courier,
            ownership,
            NOBODY,
            sharing == Sharing.ALONE,
            TINY);
    this.desk =
        new Desk(
            stored, tools, new Budget(KEPT_BYTES), new MessageIds(clocks.wall(), world.random));
    rounds();
  }

  enum Sharing {
    ALONE,
    SHARED
  }

  boolean isAlive() {
    return life == Life.ALIVE;
  }

  /// It dies now: nothing of it happens any more.
  void kill() {
    life = Life.DEAD;
  }

  /// It stands still for a while, as by SIGSTOP.
  void stop(long forNs) {
    stoppedUntilNs = Math.max(stoppedUntilNs, world.nowNs() + forNs);
  }

  private List<Post> posts() {
    return List.of(new Post(desk, this::post));
  }

  private void seen(List<StoredQueue> stored, Map<Integer, Long> revisions) {
    long revision = revisions.getOrDefault(desk.number(), -1L);
    stored.forEach(one -> post(() -> desk.seen(one, revision)));
  }

  private void rounds() {
    round();
    at(LeaseThread.RENEW_NS, this::rounds);
  }

  private void round() {
    try {
      ownership.round();
    } catch (StoreFault fault) {
      ownership.loseIfLate();
    }
  }

  /// A letter to the desk. What a reader brings may lie about before it is posted.
  void post(Runnable letter) {
    if (where == Where.READER) {
      soon(400, () -> deliver(letter));
    } else {
      deliver(letter);
    }
  }

  private void deliver(Runnable letter) {
    letters.add(letter);
    if (turn == Pending.NONE) {
      turn = Pending.DUE;
      soon(100, this::turn);
    }
  }

  private void read(Runnable question) {
    soon(
        300,
        () -> {
          where = Where.READER;
          question.run();
          where = Where.ELSEWHERE;
        });
  }

  private void commitSoon() {
    if (commit == Pending.NONE) {
      commit = Pending.DUE;
      soon(600, this::commit);
    }
  }

  private void commit() {
    commit = Pending.NONE;
    var _ = committer.commitWaiting();
    if (!committer.isIdle()) {
      commitSoon();
    }
  }

  private void turn() {
    turn = Pending.NONE;
    int some = 1 + world.pick(4);
    for (int i = 0; i < some && !letters.isEmpty(); i++) {
      letters.remove().run();
    }
    long number = ++turnNumber;
    long waitNs = desk.turn();
    if (!letters.isEmpty()) {
      turn = Pending.DUE;
      soon(50, this::turn);
    } else if (waitNs < TimeUnit.HOURS.toNanos(1)) {
      at(waitNs, () -> turnAgain(number));
    }
  }

  /// Unless something has come since.
  private void turnAgain(long number) {
    if (number == turnNumber && turn == Pending.NONE) {
      turn();
    }
  }

  private void soon(long mostUs, Runnable what) {
    at(TimeUnit.MICROSECONDS.toNanos(world.random.nextLong(mostUs + 1)), what);
  }

  /// Something of it happens, if it lives then; later if it stands still.
  void at(long inNs, Runnable what) {
    world.at(
        inNs,
        () -> {
          if (life == Life.ALIVE && world.nowNs() < stoppedUntilNs) {
            at(stoppedUntilNs - world.nowNs() + world.pick(1000), what);
          } else if (life == Life.ALIVE) {
            what.run();
          }
        });
  }
}
