package dev.ringmaster.gateway.own;

import java.util.concurrent.CompletionStage;

/// The requests on the traffic port that Ringmaster answers itself.
public interface OwnEndpoints {

  /// The largest body, in bytes, that a question may have; a larger one is answered 413.
  int MAX_BODY_BYTES = 1 << 20;

  /// Whether the path (without its query) is one of these. Called on an event loop; must not block.
  boolean owns(String path);

  /// Answers a question. Called on an event loop and must not block; the stage may end on any
  /// thread and does not fail.
  CompletionStage<Answer> answer(Question question);
}
