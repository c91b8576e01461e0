package dev.ringmaster.console.queue.show;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.console.answer.Times;
import dev.ringmaster.queue.control.QueueTerms;
import java.util.Locale;

/// A queue's terms in the words in which they are given.
final class TermsShown {
  private TermsShown() {}

  static ObjectNode of(QueueTerms terms) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (terms.service() != null) {
      node.put("service", terms.service());
    }
    node.put("path", terms.path()).put("shards", terms.shards());
    QueueTerms.Limits limits = terms.limits();
    node.putObject("limits")
        .put("messages", limits.messages())
        .put("bytes", limits.bytes())
        .put("oldest", Times.text(limits.oldest()))
        .put("message-bytes", limits.messageBytes())
        .put("in-flight", limits.inFlight())
        .put("subscriptions", limits.subscriptions());
    QueueTerms.Retry retry = terms.retry();
    node.putObject("retry")
        .put("timeout", Times.text(retry.timeout()))
        .put("first", Times.text(retry.first()))
        .put("most", Times.text(retry.most()))
        .put("attempts", retry.attempts())
        .put("oldest", Times.text(retry.oldest()))
        .put("redirects", retry.redirects())
        .put("dead", retry.dead().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    node.putObject("results")
        .put("kept", Times.text(terms.results().kept()))
        .put("body-bytes", terms.results().bodyBytes());
    return node;
  }
}
