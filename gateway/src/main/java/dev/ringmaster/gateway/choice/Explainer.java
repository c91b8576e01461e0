package dev.ringmaster.gateway.choice;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.choice.Explanation.Candidate;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.KeyHash;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.ring.BoundedLoad;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Says where a request would go, by the same code that sends it there. Safe for any thread.
///
/// @param keys finds and hashes keys
/// @param rule the rule that `keys` follows
/// @param bound when a seat is full by its share; null for never
/// @param limit requests that a replica may have at once; 0 for no limit
public record Explainer(KeyHash keys, KeyRule rule, @Nullable BoundedLoad bound, int limit) {
  /// Candidates shown: the owner and the next two.
  private static final int SHOWN = 3;

  /// The draw of a request without a key is the same each time, so that explaining twice agrees.
  private static final long DRAW_SEED = 0;

  /// An explainer of what is done under these settings.
  public static Explainer of(ServiceSettings settings) {
    return new Explainer(
        new KeyHash(settings.key(), settings.hash()),
        settings.key(),
        settings.bound(),
        settings.concurrency().inFlight());
  }

  /// Explains one request.
  ///
  /// @throws IllegalArgumentException if the facts make no valid request; the message says why
  public Explanation explain(FleetView view, RequestFacts facts) {
    return explain(view, facts, head(facts));
  }

  Explanation explain(FleetView view, RequestFacts facts, RequestHead head) {
    KeySource source = keys.source(head);
    long hash = hash(facts, head);
    Chooser chooser = new Chooser(bound, limit);
    Replica chosen = chooser.choose(view, hash, new Tried());
    List<Candidate> candidates = candidates(view, hash, chooser);
    return new Explanation(
        view.service(),
        null,
        source.text(),
        hash,
        candidates,
        chosen == null ? Replica.SPARE : chosen.seat(),
        chosen == null ? null : chosen.name(),
        why(source, candidates, chosen, chooser.atLimit()) + away(view, source, hash));
  }

  private static String away(FleetView view, KeySource source, long hash) {
    Absence absence = source instanceof KeySource.Random ? null : Absence.of(view, hash);
    return absence == null ? "" : "; " + absence.why();
  }

  private static List<Candidate> candidates(FleetView view, long hash, Chooser chooser) {
    int[] seats = new int[SHOWN];
    int count = view.table().candidates(hash, seats);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Replica replica = view.seats().get(seats[i]);
      int inFlight = replica == null ? 0 : replica.load().inFlight();
      candidates.add(new Candidate(seats[i], replica, inFlight, chooser.cap(view, seats[i])));
    }
    return candidates;
  }

  private static String why(
      KeySource source, List<Candidate> candidates, @Nullable Replica chosen, int atLimit) {
    String key =
        source instanceof KeySource.Random
            ? "the request has no key, so that a number is drawn each time and any replica may get it;"
                + " one draw as an example"
            : "the key is its " + source.text();
    if (chosen == null) {
      return atLimit > 0
          ? key + "; every replica is at its limit, so that it waits for the first that is not"
          : key + "; no replica serves";
    }
    String there = "replica " + chosen.name() + " on seat " + chosen.seat();
    return chosen.seat() == candidates.getFirst().seat()
        ? key + "; its owner is " + there
        : key + "; its owner cannot take it, so that it goes to " + there;
  }

  /// The hash of the request's key, the same as [#explain] has.
  long hash(RequestFacts facts, RequestHead head) {
    return keys.hash(head, facts.client().getAddress(), new SplittableRandom(DRAW_SEED));
  }

  static RequestHead head(RequestFacts facts) {
    StringBuilder text = new StringBuilder();
    text.append(facts.method()).append(' ').append(facts.target()).append(" HTTP/1.1\r\n");
    if (!namesHost(facts)) {
      text.append("Host: localhost\r\n");
    }
    facts.headers().forEach((name, value) -> line(text, name, value));
    ByteBuf bytes = Unpooled.copiedBuffer(text.append("\r\n"), StandardCharsets.ISO_8859_1);
    RequestHead head = new RequestHead(Limits.DEFAULT);
    Outcome outcome = head.parse(bytes);
    if (outcome != Outcome.COMPLETE || bytes.isReadable()) {
      String reason = head.rejection() == null ? "it is not one" : head.rejection().reason();
      throw new IllegalArgumentException("no valid request: " + reason);
    }
    return head;
  }

  private static boolean namesHost(RequestFacts facts) {
    for (String name : facts.headers().keySet()) {
      if (name.equalsIgnoreCase("host")) {
        return true;
      }
    }
    return false;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
