package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.Receipt;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.desk.Waiters.Waiter;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.retry.RetryPolicy;
import dev.ringmaster.queue.store.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Leases messages to consumers that come for them.
final class Pull {
  private final Floor floor;
  private final Fates fates;

  Pull(Floor floor, Fates fates) {
    this.floor = floor;
    this.fates = fates;
  }

  /// A consumer waits for messages, if he wants to.
  void lease(Line line, LeaseRequest request, CompletableFuture<Reply<List<Leased>>> reply) {
    Waiter waiter = new Waiter(request, reply);
    if (!line.waiters.add(waiter)) {
      waiter.giveUp();
    }
    pump(line);
    if (request.waitMs() == 0) {
      waiter.giveUp();
    } else {
      long untilNs = floor.tools.clocks().nowNs() + TimeUnit.MILLISECONDS.toNanos(request.waitMs());
      floor.alarms.at(untilNs, waiter::giveUp);
    }
  }

  /// Serves those who wait, as far as there is something ready.
  void pump(Line line) {
    Waiter waiter = floor.flows() ? line.waiters.next() : null;
    while (waiter != null) {
      if (!serve(line, waiter)) {
        line.waiters.putBack(waiter);
        return;
      }
      waiter = line.waiters.next();
    }
  }

  private boolean serve(Line line, Waiter waiter) {
    long visibilityNs = TimeUnit.MILLISECONDS.toNanos(waiter.request().visibilityMs());
    long untilMs = floor.tools.clocks().nowMs() + waiter.request().visibilityMs();
    List<Line.Pick> picks = new ArrayList<>();
    while (picks.size() < waiter.request().most()) {
      Line.Pick pick = line.give(visibilityNs);
      if (pick == null) {
        break;
      }
      picks.add(pick);
      floor.touched.add(pick.log());
    }
    if (picks.isEmpty()) {
      return false;
    }
    waiter.served();
    Handful handful = new Handful(waiter, picks.size(), untilMs);
    picks.forEach(pick ->
        floor.fetching.get(pick.log(), pick.given().seq(), message -> handful.add(pick, message)));
    return true;
  }

  /// What one consumer gets at once, until the bytes of all of it are here.
  private final class Handful {
    private final Waiter waiter;
    private final long untilMs;
    private final List<Leased> leased = new ArrayList<>();
    private final Map<Receipt, ShardLog> from = new LinkedHashMap<>();
    private int missing;

    Handful(Waiter waiter, int size, long untilMs) {
      this.waiter = waiter;
      this.missing = size;
      this.untilMs = untilMs;
    }

    void add(Line.Pick pick, @Nullable Message message) {
      missing--;
      ShardLog log = pick.log();
      long seq = pick.given().seq();
      int attempt = pick.given().attempt();
      Receipt receipt = new Receipt(log.id.shard(), seq, log.epoch, attempt);
      if (!log.isLost() && entry(log, receipt) != null) {
        add(log, receipt, message);
      }
      if (missing == 0 && !waiter.take(leased)) {
        from.forEach(this::takeBack);
      }
    }

    /// The lease still runs.
    private void add(ShardLog log, Receipt receipt, @Nullable Message message) {
      if (message != null && !floor.isLate()) {
        leased.add(new Leased(message, receipt.attempt(), receipt, untilMs));
        from.put(receipt, log);
        return;
      }
      if (message == null) {
        log.lanes().answered(receipt.seq());
        log.lanes().done(receipt.seq());
      } else {
        log.lanes().refused(receipt.seq(), 0);
      }
      floor.touched.add(log);
    }

    /// Nobody is there any more to have them: they are the next one's at once.
    private void takeBack(Receipt receipt, ShardLog log) {
      if (!log.isLost() && entry(log, receipt) != null) {
        log.lanes().refused(receipt.seq(), 0);
        floor.touched.add(log);
      }
    }
  }

  /// The receipts' messages are handled.
  void acknowledge(
      Line line, List<Receipt> receipts, CompletableFuture<Reply<List<Receipt>>> reply) {
    each(line, receipts, reply, fates::acknowledged);
  }

  /// The receipts' messages are given back.
  void release(
      Line line,
      List<Receipt> receipts,
      long delayMs,
      CompletableFuture<Reply<List<Receipt>>> reply) {
    each(line, receipts, reply, (attempt, then) -> fates.released(attempt, delayMs, then));
  }

  /// The receipts' leases last longer.
  void extend(
      Line line,
      List<Receipt> receipts,
      long visibilityMs,
      CompletableFuture<Reply<List<Receipt>>> reply) {
    long visibilityNs = TimeUnit.MILLISECONDS.toNanos(visibilityMs);
    List<Receipt> late = new ArrayList<>();
    for (Receipt receipt : receipts) {
      ShardLog log = line.log(receipt.shard());
      if (log == null || entry(log, receipt) == null) {
        late.add(receipt);
      } else {
        log.lanes().extend(receipt.seq(), visibilityNs);
        floor.touched.add(log);
      }
    }
    reply.complete(new Reply.Done<>(late));
  }

  private void each(
      Line line,
      List<Receipt> receipts,
      CompletableFuture<Reply<List<Receipt>>> reply,
      BiConsumer<Fates.Attempt, Consumer<Fates.Ending>> end) {
    Endings endings = new Endings(reply);
    for (Receipt receipt : receipts) {
      ShardLog log = line.log(receipt.shard());
      Entry entry = log == null ? null : entry(log, receipt);
      if (log == null || entry == null) {
        endings.late.add(receipt);
      } else {
        Fates.Attempt attempt = new Fates.Attempt(log, entry, receipt.attempt(), null, List.of());
        end.accept(attempt, endings.await(receipt));
        floor.touched.add(log);
      }
    }
    endings.one();
  }

  /// Replies when all that was asked for is on disk.
  private static final class Endings {
    private final List<Receipt> late = new ArrayList<>();
    private final CompletableFuture<Reply<List<Receipt>>> reply;
    private int open = 1;

    Endings(CompletableFuture<Reply<List<Receipt>>> reply) {
      this.reply = reply;
    }

    Consumer<Fates.Ending> await(Receipt receipt) {
      open++;
      return ending -> {
        if (ending == Fates.Ending.LATE) {
          late.add(receipt);
        }
        one();
      };
    }

    void one() {
      if (--open == 0) {
        reply.complete(new Reply.Done<>(late));
      }
    }
  }

  /// A lease has ended without a word of its consumer.
  void expired(ShardLog log, long seq) {
    Entry entry = Objects.requireNonNull(log.lanes().given(seq));
    int attempts = entry.attempts() + 1;
    long ageMs = floor.tools.clocks().nowMs() - entry.acceptedMs();
    fates.settle(
        new Fates.Attempt(log, entry, attempts, null, List.of()),
        RetryPolicy.failed(
            floor.terms.retry(),
            new RetryPolicy.Failure("its lease ended without an acknowledgement", 0),
            attempts,
            ageMs,
            floor.tools.random()));
  }

  /// The message of a receipt that still counts; null if it is late.
  private static @Nullable Entry entry(ShardLog log, Receipt receipt) {
    Entry entry = receipt.epoch() == log.epoch ? log.lanes().given(receipt.seq()) : null;
    return entry != null && entry.attempts() + 1 == receipt.attempt() ? entry : null;
  }
}
