package dev.ringmaster.console.queue;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.queue.show.QueuesShown;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.control.Reply;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// What operators do with queues.
final class Managing {
  private static final int MOST_SHARD = 4095;

  private final QueueControl queues;
  private final TermsReading terms;

  Managing(QueueControl queues, TermsReading terms) {
    this.queues = queues;
    this.terms = terms;
  }

  Answer list() {
    return Answered.json(200, QueuesShown.all(queues.queues()));
  }

  Answer show(String queue) {
    QueueView view = queues.queue(queue);
    return view == null
        ? Answers.failure(404, "There is no queue '" + queue + "'")
        : Answered.json(200, QueuesShown.one(view));
  }

  /// 201 if it is new, 200 if it was there.
  CompletionStage<Answer> put(String queue, Question question) {
    QueueView before = queues.queue(queue);
    QueueTerms wanted = terms.read(queue, question.body(), before == null ? null : before.terms());
    return shown(queues.put(wanted), before == null ? 201 : 200);
  }

  CompletionStage<Answer> remove(String queue) {
    return shown(queues.remove(queue), 200);
  }

  /// 201 if it is new, 200 if it was there.
  CompletionStage<Answer> subscribe(String queue, String subscription) {
    QueueView before = queues.queue(queue);
    boolean there =
        before != null
            && before.subscriptions().stream().anyMatch(one -> one.name().equals(subscription));
    return shown(queues.subscribe(queue, subscription), there ? 200 : 201);
  }

  CompletionStage<Answer> unsubscribe(String queue, String subscription) {
    return shown(queues.unsubscribe(queue, subscription), 200);
  }

  CompletionStage<Answer> pause(String queue, Question question) {
    Fields.orNone(question.body(), "{}", Set.of());
    return shown(queues.pause(queue), 200);
  }

  CompletionStage<Answer> resume(String queue, Question question) {
    Fields.orNone(question.body(), "{}", Set.of());
    return shown(queues.resume(queue), 200);
  }

  CompletionStage<Answer> split(String queue, Question question) {
    Fields asked = Fields.of(question.body(), "{\"shard\":3}", Set.of("shard"));
    return shown(queues.split(queue, asked.needed("shard", 0, MOST_SHARD)), 200);
  }

  CompletionStage<Answer> merge(String queue, Question question) {
    Fields asked = Fields.of(question.body(), "{\"from\":70,\"into\":3}", Set.of("from", "into"));
    return shown(
        queues.merge(
            queue, asked.needed("from", 0, MOST_SHARD), asked.needed("into", 0, MOST_SHARD)),
        200);
  }

  private static CompletionStage<Answer> shown(
      CompletionStage<Reply<QueueView>> reply, int status) {
    return Answered.by(reply, view -> Answered.json(status, QueuesShown.one(view)));
  }
}
