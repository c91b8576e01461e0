package dev.ringmaster.console;

import dev.ringmaster.console.answer.Answers;
import dev.ringmaster.console.answer.Query;
import dev.ringmaster.gateway.own.Answer;
import dev.ringmaster.gateway.own.Question;
import java.util.List;
import java.util.Set;

/// Which service a question is about: the one that `?service=NAME` names; without it the only one.
sealed interface ServiceChoice {

  /// This one.
  record Of(ServiceSource service) implements ServiceChoice {}

  /// None was named, and there are several.
  record Open(List<ServiceSource> services) implements ServiceChoice {}

  /// None of them; the answer says why.
  record Wrong(Answer answer) implements ServiceChoice {}

  static ServiceChoice of(Question question, List<ServiceSource> services) {
    String name;
    try {
      name = Query.of(question.query(), Set.of("service")).last("service", "");
    } catch (IllegalArgumentException e) {
      return new Wrong(Answers.failure(400, "Cannot read the query: " + e.getMessage()));
    }
    if (name.isEmpty()) {
      return services.size() == 1 ? new Of(services.getFirst()) : new Open(services);
    }
    for (ServiceSource service : services) {
      if (service.name().equals(name)) {
        return new Of(service);
      }
    }
    String shown = name.length() > 63 ? name.substring(0, 63) + "…" : name;
    return new Wrong(
        Answers.failure(400, "There is no service '" + shown + "'; there are " + names(services)));
  }

  /// The refusal of a question that must be about one of several services.
  static Answer ambiguous(List<ServiceSource> services) {
    return Answers.failure(
        400, "Say for which service, with ?service=NAME: there are " + names(services));
  }

  private static String names(List<ServiceSource> services) {
    return String.join(", ", services.stream().map(ServiceSource::name).toList());
  }
}
