package dev.ringmaster.gateway.own;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The requests on the traffic port that Ringmaster answers itself.
public interface OwnEndpoints {

  /// The largest body, in bytes, that a question has unless its endpoint allows more.
  int MAX_BODY_BYTES = 1 << 20;

  /// The paths (without query, compared byte for byte) that are answered here whatever the method.
  /// Asked once, when the gateway starts, so that no request has to be made a string to be
  /// compared.
  Set<String> paths();

  /// What all paths begin with that are answered here too, such as `/queues/`. Compared as
  /// [#paths]; asked once.
  default Set<String> prefixes() {
    return Set.of();
  }

  /// The largest body, in bytes, that a question at a path of these may have; a larger one is
  /// answered 413.
  default int mostBodyBytes(String path) {
    return MAX_BODY_BYTES;
  }

  /// What is wrong with a question by its head alone, asked before its body is collected; null if
  /// nothing is. Whoever may not ask need not be listened to.
  default @Nullable Answer refusal(Question head) {
    return null;
  }

  /// Answers a question. Called on an event loop and must not block; the stage may end on any
  /// thread and does not fail.
  CompletionStage<Answer> answer(Question question);
}
