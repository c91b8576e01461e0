package dev.ringmaster.console.queue;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.command.Gate;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import dev.ringmaster.queue.control.QueueControl;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that is answered at `/queues` and below, by docs/queue.md. Nothing here blocks.
public final class QueueEndpoints implements OwnEndpoints {
  private static final Logger log = LoggerFactory.getLogger(QueueEndpoints.class);
  private static final String ROOT = "/queues";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,100}");

  private final QueueRules rules;
  private final Managing managing;
  private final Sending sending;
  private final Lookup lookup;
  private final Pulling pulling;
  private final DeadLetters dead;

  /// @param clock for delays
  public QueueEndpoints(
      QueueControl queues, QueueRules rules, TermsReading terms, InstantSource clock) {
    this.rules = rules;
    this.managing = new Managing(queues, terms);
    this.sending = new Sending(queues, rules, clock);
    this.lookup = new Lookup(queues);
    this.pulling = new Pulling(queues, clock);
    this.dead = new DeadLetters(queues);
  }

  @Override
  public Set<String> paths() {
    return Set.of(ROOT);
  }

  @Override
  public Set<String> prefixes() {
    return Set.of(ROOT + "/");
  }

  @Override
  public int mostBodyBytes(String path) {
    return path.endsWith("/messages") ? Sending.MOST_BYTES : MAX_BODY_BYTES;
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    Resource resource = resource(question.path());
    if (resource == null) {
      return Answered.now(
          Answers.failure(404, "'" + question.path() + "' is not an endpoint of the queues"));
    }
    try {
      return resource.answer(question).exceptionally(failure -> failed(question, failure));
    } catch (IllegalArgumentException wrong) {
      return Answered.now(Answers.failure(400, String.valueOf(wrong.getMessage())));
    }
  }

  private static Answer failed(Question question, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    log.error("{} {} failed", question.method(), question.path(), cause);
    return Answers.failure(500, "Ringmaster failed at this; the log says why");
  }

  private @Nullable Resource resource(String path) {
    if (path.equals(ROOT)) {
      return new Resource().on("GET", _ -> Answered.now(managing.list()));
    }
    String[] parts = path.substring(ROOT.length() + 1).split("/", -1);
    String queue = parts[0];
    if (!NAME.matcher(queue).matches()) {
      return null;
    }
    return switch (parts.length) {
      case 1 -> ofQueue(queue);
      case 2 -> ofPart(queue, parts[1]);
      case 3 -> ofElement(queue, parts[1], parts[2]);
      case 4, 5 -> parts[1].equals("subscriptions") ? ofSubscription(parts) : null;
      default -> null;
    };
  }

  private Resource ofQueue(String queue) {
    return new Resource()
        .on("GET", _ -> Answered.now(managing.show(queue)))
        .on("PUT", control(asked -> managing.put(queue, asked)))
        .on("DELETE", control(_ -> managing.remove(queue)));
  }

  private @Nullable Resource ofPart(String queue, String part) {
    return switch (part) {
      case "messages" -> new Resource().on("POST", asked -> sending.send(queue, asked));
      case "pause" -> command(asked -> managing.pause(queue, asked));
      case "resume" -> command(asked -> managing.resume(queue, asked));
      case "split" -> command(asked -> managing.split(queue, asked));
      case "merge" -> command(asked -> managing.merge(queue, asked));
      default -> null;
    };
  }

  private @Nullable Resource ofElement(String queue, String part, String element) {
    return switch (part) {
      case "messages" -> new Resource().on("GET", asked -> lookup.find(queue, element, asked));
      case "subscriptions" ->
          NAME.matcher(element).matches()
              ? new Resource()
                  .on("PUT", control(_ -> managing.subscribe(queue, element)))
                  .on("DELETE", control(_ -> managing.unsubscribe(queue, element)))
              : null;
      default -> null;
    };
  }

  private @Nullable Resource ofSubscription(String[] parts) {
    String queue = parts[0];
    String subscription = parts[2];
    if (!NAME.matcher(subscription).matches()) {
      return null;
    }
    String verb = parts.length == 4 ? parts[3] : parts[3] + "/" + parts[4];
    return switch (verb) {
      case "lease" -> consuming("POST", asked -> pulling.lease(queue, subscription, asked));
      case "acknowledge" ->
          consuming("POST", asked -> pulling.acknowledge(queue, subscription, asked));
      case "extend" -> consuming("POST", asked -> pulling.extend(queue, subscription, asked));
      case "release" -> consuming("POST", asked -> pulling.release(queue, subscription, asked));
      case "events" -> consuming("GET", asked -> pulling.events(queue, subscription, asked));
      case "dead" ->
          new Resource().on("GET", control(asked -> dead.browse(queue, subscription, asked)));
      case "dead/redrive" -> command(asked -> dead.redrive(queue, subscription, asked));
      case "dead/purge" -> command(asked -> dead.purge(queue, subscription, asked));
      default -> null;
    };
  }

  private Resource command(Function<Question, CompletionStage<Answer>> handler) {
    return new Resource().on("POST", control(handler));
  }

  private Resource consuming(String method, Function<Question, CompletionStage<Answer>> handler) {
    return new Resource()
        .on(
            method,
            switch (rules.consumers()) {
              case OPEN -> handler;
              case CONTROL -> control(handler);
            });
  }

  private Function<Question, CompletionStage<Answer>> control(
      Function<Question, CompletionStage<Answer>> handler) {
    return asked -> Gate.pass(rules.control(), asked, () -> handler.apply(asked));
  }
}
