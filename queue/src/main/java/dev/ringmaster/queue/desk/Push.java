package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.retry.RetryPolicy;
import dev.ringmaster.queue.retry.Verdict;
import dev.ringmaster.queue.store.Entry;
import dev.ringmaster.queue.store.Order;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Gives a queue's messages to the courier, so many at a time, and hears what became of them.
final class Push {
  /// What a message waits that no replica could take, the first time; twice as long each further
  /// time in a row, up to [#LONGEST_REFUSAL_MS].
  private static final long FIRST_REFUSAL_MS = 50;

  private static final long LONGEST_REFUSAL_MS = 1000;
  private static final int MOST_DOUBLINGS = 5;

  private final Floor floor;
  private final Fates fates;
  private final Set<MessageId> underWay = ConcurrentHashMap.newKeySet();
  private int out;
  private int refusals;
  private long heldUntilNs;

  Push(Floor floor, Fates fates) {
    this.floor = floor;
    this.fates = fates;
    this.heldUntilNs = floor.tools.clocks().nowNs();
  }

  /// Whether a message is with the courier; for any thread.
  boolean isUnderWay(MessageId id) {
    return underWay.contains(id);
  }

  int out() {
    return out;
  }

  /// Gives out what is ready, up to the queue's limit.
  void pump(Line line) {
    Courier courier = floor.tools.courier().get();
    String service = floor.terms.service();
    if (courier == null || service == null || !floor.flows() || isHeld()) {
      return;
    }
    while (out < floor.terms.limits().inFlight()) {
      Line.Pick pick = line.give(Long.MAX_VALUE);
      if (pick == null) {
        return;
      }
      out++;
      floor.fetching.get(
          pick.log(), pick.given().seq(), message -> deliver(courier, service, pick, message));
    }
  }

  private boolean isHeld() {
    return heldUntilNs - floor.tools.clocks().nowNs() > 0;
  }

  private void deliver(Courier courier, String service, Line.Pick pick, @Nullable Message message) {
    ShardLog log = pick.log();
    if (message == null || floor.isLate()) {
      out--;
      notDelivered(pick, message);
      return;
    }
    underWay.add(message.id());
    Parcel parcel =
        new Parcel(
            floor.terms.name(),
            service,
            message,
            pick.given().attempt(),
            log.id.shard(),
            log.epoch,
            floor.terms.retry().timeout().toMillis());
    courier.deliver(
        parcel, outcome -> floor.tools.self().execute(() -> ended(pick, message, outcome)));
  }

  /// The store has no such message any more, then its lane goes on; or the shard may be another's
  /// by now.
  private void notDelivered(Line.Pick pick, @Nullable Message message) {
    ShardLog log = pick.log();
    if (log.isLost()) {
      return;
    }
    if (message == null) {
      log.lanes().answered(pick.given().seq());
      log.lanes().done(pick.given().seq());
    } else {
      log.lanes().refused(message.seq(), 0);
    }
    floor.touched.add(log);
  }

  private void ended(Line.Pick pick, Message message, Outcome outcome) {
    out--;
    underWay.remove(message.id());
    ShardLog log = pick.log();
    if (log.isLost()) {
      return;
    }
    floor.touched.add(log);
    switch (outcome) {
      case Outcome.Refused _ -> refused(log, message);
      case Outcome.Broken(String reason) ->
          settle(pick, message, null, failed(pick, new RetryPolicy.Failure(reason, -1)));
      case Outcome.Answered answered -> {
        refusals = 0;
        heldUntilNs = floor.tools.clocks().nowNs();
        settle(pick, message, answered, judged(pick, answered));
      }
    }
  }

  /// While nobody can take messages, the queue is tried by and by instead of all at once.
  private void refused(ShardLog log, Message message) {
    long ceilingMs =
        Math.min(LONGEST_REFUSAL_MS, FIRST_REFUSAL_MS << Math.min(refusals, MOST_DOUBLINGS));
    long waitMs = ceilingMs / 2 + floor.tools.random().nextLong(ceilingMs / 2 + 1);
    long waitNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
    if (!isHeld()) {
      refusals++;
    }
    if (refusals > 1) {
      heldUntilNs = floor.tools.clocks().nowNs() + waitNs;
      floor.alarms.at(heldUntilNs, () -> floor.touched.add(log));
    }
    log.lanes().refused(message.seq(), waitNs);
    log.bytes.keep(message);
  }

  private void settle(
      Line.Pick pick, Message message, Outcome.@Nullable Answered answered, Verdict verdict) {
    Answer answer = answered == null ? null : answered.answer();
    int attempts = pick.given().attempt();
    Order result = result(pick, message, answer, verdict);
    List<Order> others = result == null ? List.of() : List.of(result);
    fates.settle(new Fates.Attempt(pick.log(), entry(pick), attempts, answer, others), verdict);
    if (verdict instanceof Verdict.Again) {
      pick.log().bytes.keep(message);
    }
  }

  /// What is to be posted of a message that ends, if its producer wants that.
  private @Nullable Order result(
      Line.Pick pick, Message message, @Nullable Answer answer, Verdict verdict) {
    if (message.callback() == null || verdict instanceof Verdict.Again) {
      return null;
    }
    State state = verdict instanceof Verdict.Dead ? State.DEAD : State.DONE;
    String reason = verdict instanceof Verdict.Dead(String why) ? why : null;
    MessageStatus status =
        new MessageStatus(
            message.id(),
            state,
            pick.log().id.shard(),
            pick.given().attempt(),
            message.acceptedMs(),
            0,
            reason,
            answer == null ? null : fates.cut(answer));
    return floor.tools.results().order(floor.terms.name(), message, status);
  }

  private Verdict judged(Line.Pick pick, Outcome.Answered answered) {
    return RetryPolicy.judge(
        floor.terms.retry(), answered, pick.given().attempt(), ageMs(pick), floor.tools.random());
  }

  private Verdict failed(Line.Pick pick, RetryPolicy.Failure failure) {
    return RetryPolicy.failed(
        floor.terms.retry(), failure, pick.given().attempt(), ageMs(pick), floor.tools.random());
  }

  private long ageMs(Line.Pick pick) {
    return floor.tools.clocks().nowMs() - entry(pick).acceptedMs();
  }

  private static Entry entry(Line.Pick pick) {
    return Objects.requireNonNull(pick.log().lanes().given(pick.given().seq()));
  }
}
