package dev.ringmaster.console.queue;

import dev.ringmaster.console.access.ControlAccess;
import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.queue.read.BatchLines;
import dev.ringmaster.console.queue.read.CallbackRule;
import dev.ringmaster.console.queue.read.Drafts;
import dev.ringmaster.console.queue.show.MessagesShown;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.message.Draft;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;

/// Takes messages in.
final class Sending {
  /// The largest body of one request: of a message, or of a batch.
  static final int MOST_BYTES = 16 << 20;

  private static final String LINES = "application/x-ndjson";

  private final QueueControl queues;
  private final QueueRules rules;
  private final InstantSource clock;

  Sending(QueueControl queues, QueueRules rules, InstantSource clock) {
    this.queues = queues;
    this.rules = rules;
    this.clock = clock;
  }

  /// One message, or a batch of them if it says so; 202 when they are on disk.
  CompletionStage<Answer> send(String queue, Question question) {
    QueueView view = queues.queue(queue);
    if (view == null) {
      return Answered.now(Answers.failure(404, "There is no queue '" + queue + "'"));
    }
    String target = view.terms().path();
    try {
      return lines(question) ? batch(queue, target, question) : single(queue, target, question);
    } catch (CallbackRule.Forbidden e) {
      return Answered.now(Answers.failure(403, String.valueOf(e.getMessage())));
    }
  }

  private static boolean lines(Question question) {
    String type = question.headers().getOrDefault("content-type", "");
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(LINES);
  }

  private CompletionStage<Answer> single(String queue, String target, Question question)
      throws CallbackRule.Forbidden {
    Draft draft = Drafts.of(question, target, secret(question), rules.callbacks(), clock.millis());
    return Answered.by(queues.send(queue, draft), accepted -> accepted(queue, accepted));
  }

  private static Answer accepted(String queue, Accepted accepted) {
    return Answered.json(
        202,
        MessagesShown.accepted(accepted),
        "Location",
        "/queues/" + queue + "/messages/" + accepted.id());
  }

  private CompletionStage<Answer> batch(String queue, String target, Question question)
      throws CallbackRule.Forbidden {
    String host = question.headers().getOrDefault("host", "");
    List<Draft> drafts =
        new BatchLines(target, host, rules.callbacks(), clock.millis()).read(question.content());
    return Answered.by(
        queues.sendAll(queue, drafts),
        accepted -> Answered.json(202, MessagesShown.accepted(accepted)));
  }

  /// The header that is not delivered because it holds Ringmaster's own token; empty for none.
  private String secret(Question question) {
    ControlAccess control = rules.control();
    String given = question.headers().get("authorization");
    boolean own = control.token() != null && given != null && control.token().opens(given);
    return own ? "authorization" : "";
  }
}
