package dev.ringmaster.console.queue;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.answer.Query;
import dev.ringmaster.console.queue.show.MessagesShown;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.message.MessageId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Looks messages up by their ids, and waits for their ends.
final class Lookup {
  private static final Duration MOST_WAIT = Duration.ofSeconds(60);

  /// Looks begin close together, for messages that are done at once, and grow apart.
  private static final long FIRST_LOOK_MS = 5;

  private static final long LAST_LOOK_MS = 200;

  /// Questions that wait at a time; each looks a few times a second. More are answered at once.
  private static final int MOST_WAITING = 1024;

  private final QueueControl queues;
  private final AtomicInteger waiting = new AtomicInteger();

  Lookup(QueueControl queues) {
    this.queues = queues;
  }

  CompletionStage<Answer> find(String queue, String id, Question question) {
    MessageId message;
    try {
      message = MessageId.parse(id);
    } catch (IllegalArgumentException noId) {
      return Answered.now(Answers.failure(404, "There is no message " + cut(id)));
    }
    String wait = Query.of(question.query(), Set.of("wait")).last("wait", "0s");
    long waitMs = Fields.time("wait", wait, Duration.ZERO, MOST_WAIT).toMillis();
    return Answered.by(
        ended(queue, message, waitMs), status -> Answered.json(200, MessagesShown.status(status)));
  }

  private static String cut(String text) {
    return text.length() > 63 ? text.substring(0, 63) + "…" : text;
  }

  /// What is known of it when it is done or dead, or when the time has passed.
  private CompletionStage<Reply<MessageStatus>> ended(String queue, MessageId id, long waitMs) {
    if (waitMs == 0) {
      return queues.find(queue, id);
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return queues.find(queue, id);
    }
    return look(queue, id, new Patience(waitMs, FIRST_LOOK_MS))
        .whenComplete((_, _) -> waiting.decrementAndGet());
  }

  /// @param leftMs to wait
  /// @param pauseMs before the next look
  private record Patience(long leftMs, long pauseMs) {
    Patience next() {
      return new Patience(leftMs - pauseMs, Math.min(2 * pauseMs, LAST_LOOK_MS));
    }
  }

  private CompletionStage<Reply<MessageStatus>> look(
      String queue, MessageId id, Patience patience) {
    return queues
        .find(queue, id)
        .thenCompose(reply ->
            over(reply) || patience.leftMs <= 0
                ? CompletableFuture.completedFuture(reply)
                : lookLater(queue, id, patience));
  }

  private CompletionStage<Reply<MessageStatus>> lookLater(
      String queue, MessageId id, Patience patience) {
    Executor later =
        CompletableFuture.delayedExecutor(
            Math.min(patience.pauseMs, patience.leftMs), TimeUnit.MILLISECONDS);
    return CompletableFuture.supplyAsync(() -> look(queue, id, patience.next()), later)
        .thenCompose(stage -> stage);
  }

  private static boolean over(Reply<MessageStatus> reply) {
    return switch (reply) {
      case Reply.Refused<MessageStatus> _ -> true;
      case Reply.Done<MessageStatus>(MessageStatus status) ->
          switch (status.state()) {
            case DONE, DEAD -> true;
            case WAITING, IN_FLIGHT -> false;
          };
    };
  }
}
