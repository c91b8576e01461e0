package dev.ringmaster.console;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.OwnEndpoints;
import dev.ringmaster.gateway.own.Question;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Several groups of endpoints as one. Of two that have a path the first answers.
public final class JoinedEndpoints implements OwnEndpoints {
  private final List<OwnEndpoints> parts;

  public JoinedEndpoints(List<OwnEndpoints> parts) {
    this.parts = List.copyOf(parts);
  }

  private Set<String> all(Function<OwnEndpoints, Set<String>> names) {
    Set<String> all = new HashSet<>();
    parts.forEach(part -> all.addAll(names.apply(part)));
    return all;
  }

  @Override
  public Set<String> paths() {
    return all(OwnEndpoints::paths);
  }

  @Override
  public Set<String> prefixes() {
    return all(OwnEndpoints::prefixes);
  }

  /// Whether one of them has the path.
  public boolean covers(String path) {
    return of(path) != null;
  }

  private @Nullable OwnEndpoints of(String path) {
    for (OwnEndpoints part : parts) {
      if (part.paths().contains(path) || part.prefixes().stream().anyMatch(path::startsWith)) {
        return part;
      }
    }
    return null;
  }

  @Override
  public int mostBodyBytes(String path) {
    OwnEndpoints part = of(path);
    return part == null ? MAX_BODY_BYTES : part.mostBodyBytes(path);
  }

  @Override
  public @Nullable Answer refusal(Question head) {
    OwnEndpoints part = of(head.path());
    return part == null ? null : part.refusal(head);
  }

  @Override
  public CompletionStage<Answer> answer(Question question) {
    OwnEndpoints part = of(question.path());
    return part == null
        ? CompletableFuture.completedFuture(
            Answers.failure(404, "'" + question.path() + "' is not an endpoint of Ringmaster"))
        : part.answer(question);
  }
}
