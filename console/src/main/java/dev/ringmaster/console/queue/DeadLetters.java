package dev.ringmaster.console.queue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringmaster.console.answer.Fields;
import dev.ringmaster.console.answer.Query;
import dev.ringmaster.console.queue.show.MessagesShown;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.message.MessageId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// What is done with dead messages.
final class DeadLetters {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 1000;
  private static final int MOST_IDS = 10_000;
  private static final String EXAMPLE = "{\"ids\":[\"…\"]} or {\"all\":true}";

  private final QueueControl queues;

  DeadLetters(QueueControl queues) {
    this.queues = queues;
  }

  /// A page of them, the oldest first.
  CompletionStage<Answer> browse(String queue, String subscription, Question question) {
    Query query = Query.of(question.query(), Set.of("after", "max"));
    String after = query.last("after", "");
    int most = page(query.last("max", Integer.toString(USUAL_PAGE)));
    @Nullable MessageId from = after.isEmpty() ? null : MessageId.parse(after);
    return Answered.by(
        queues.dead(queue, subscription, from, most),
        dead -> Answered.json(200, MessagesShown.dead(dead, most)));
  }

  private static int page(String text) {
    if (text.matches("[0-9]{1,4}")) {
      int most = Integer.parseInt(text);
      if (most >= 1 && most <= MOST_PAGE) {
        return most;
      }
    }
    throw new IllegalArgumentException("max: expected a whole number from 1 to " + MOST_PAGE);
  }

  CompletionStage<Answer> redrive(String queue, String subscription, Question question) {
    return Answered.by(queues.redrive(queue, subscription, named(question)), DeadLetters::counted);
  }

  CompletionStage<Answer> purge(String queue, String subscription, Question question) {
    return Answered.by(queues.purge(queue, subscription, named(question)), DeadLetters::counted);
  }

  private static Answer counted(Long count) {
    return Answered.json(200, JsonNodeFactory.instance.objectNode().put("count", count));
  }

  /// The ids named, none for all; all must be said, so that an empty list is no accident.
  private static List<MessageId> named(Question question) {
    Fields asked = Fields.of(question.body(), EXAMPLE, Set.of("ids", "all"));
    List<MessageId> ids = asked.texts("ids", MOST_IDS).stream().map(MessageId::parse).toList();
    if (ids.isEmpty() != asked.flag("all")) {
      throw new IllegalArgumentException("Expected ids or all, as in " + EXAMPLE);
    }
    return ids;
  }
}
