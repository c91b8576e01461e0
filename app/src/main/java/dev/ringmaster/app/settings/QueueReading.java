package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.SettingsBlock.Level;
import dev.ringmaster.app.settings.SettingsFile.QueueSection;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Terms;
import dev.ringmaster.app.settings.problem.Problem;
import dev.ringmaster.app.settings.tree.Malformed;
import dev.ringmaster.app.settings.tree.Node;
import dev.ringmaster.app.settings.tree.TreeReader;
import dev.ringmaster.app.text.Nearest;
import dev.ringmaster.queue.control.QueueTerms;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the terms of a queue, from the file and from `PUT /queues/NAME` alike: JSON is YAML.
public final class QueueReading {
  private static final String BODY = "the body";

  private QueueReading() {}

  /// Reads the body of a `PUT`.
  ///
  /// @param json an object with the keys that the file has below the queue's name; empty for none
  /// @param services whose replicas may be asked for
  /// @param before the terms of the queue that is there, whose shards stay if the body names none;
  ///   null if there is none
  /// @throws IllegalArgumentException with all that is wrong, a line each
  public static QueueTerms read(
      String name, String json, Set<String> services, @Nullable QueueTerms before) {
    List<Problem> problems = new ArrayList<>();
    List<Given> given = given(json, problems);
    QueueTerms terms = terms(new QueueSection(name, 1, given), BODY, services, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", Problem.texts(problems)));
    }
    boolean shards = given.stream().anyMatch(one -> one.key().equals(Terms.SHARDS.key()));
    return before == null || shards ? terms : terms.withShards(before.shards());
  }

  private static List<Given> given(String json, List<Problem> problems) {
    try {
      Node root = TreeReader.read(new StringReader(json));
      if (root instanceof Node.Mapping mapping) {
        Level level = new Level("", EnumSet.of(Scope.QUEUE), Set.of());
        return SettingsBlock.read(BODY, mapping, level, problems).given();
      }
      problems.add(new Problem(1, BODY + ":1: expected a JSON object such as {\"shards\":16}"));
    } catch (Malformed e) {
      problems.add(new Problem(e.line(), BODY + ":" + e.line() + ": " + e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("a string that cannot be read", e);
    }
    return List.of();
  }

  /// The terms of one queue.
  ///
  /// @param file its name for messages
  /// @param problems where mistakes are added; then what is returned is of no use
  static QueueTerms terms(
      QueueSection queue, String file, Set<String> services, List<Problem> problems) {
    int before = problems.size();
    Values values = Values.ofQueue(queue.given(), problems);
    if (problems.size() > before) {
      values = Values.ofQueue(List.of(), new ArrayList<>());
    }
    String service = values.find(Terms.SERVICE).orElse(null);
    if (service != null && !services.contains(service)) {
      problems.add(
          values.problem(
              Terms.SERVICE,
              "unknown service '" + service + "'" + Nearest.hint(service, services)));
    }
    if (values.get(Terms.FIRST).compareTo(values.get(Terms.MOST)) > 0) {
      problems.add(values.problem(Terms.FIRST, "is more than retry.most"));
    }
    if (values.get(Terms.MESSAGE_BYTES) > values.get(Terms.TOTAL_BYTES)) {
      problems.add(values.problem(Terms.TOTAL_BYTES, "is less than limits.message-bytes"));
    }
    return terms(queue.name(), service, values);
  }

  private static QueueTerms terms(String name, @Nullable String service, Values values) {
    return new QueueTerms(
        name,
        service,
        values.get(Terms.PATH),
        values.get(Terms.SHARDS),
        new QueueTerms.Limits(
            values.get(Terms.MESSAGES),
            values.get(Terms.TOTAL_BYTES),
            values.get(Terms.OLDEST),
            Math.toIntExact(values.get(Terms.MESSAGE_BYTES)),
            values.get(Terms.IN_FLIGHT),
            values.get(Terms.SUBSCRIPTIONS)),
        new QueueTerms.Retry(
            values.get(Terms.TIMEOUT),
            values.get(Terms.FIRST),
            values.get(Terms.MOST),
            values.get(Terms.ATTEMPTS),
            values.get(Terms.RETRIED),
            values.get(Terms.REDIRECTS),
            QueueTerms.Dead.valueOf(
                values.get(Terms.DEAD).toUpperCase(Locale.ROOT).replace('-', '_'))),
        new QueueTerms.Results(
            values.get(Terms.KEPT), Math.toIntExact(values.get(Terms.BODY_BYTES))));
  }
}
