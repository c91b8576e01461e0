package dev.ringmaster.gateway.choice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.choice.Explanation.Candidate;
import dev.ringmaster.gateway.choice.FoundKey.Request;
import dev.ringmaster.gateway.heavy.HeavyKey;
import dev.ringmaster.gateway.heavy.HeavyWatch;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.KeyHash;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.queue.control.QueueControl;
import dev.ringmaster.queue.control.QueueView;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.message.Slots;
import dev.ringmaster.ring.Table;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Says where a request would go, by the same code that sends it there. Safe for any thread.
///
/// @param service the service's name
/// @param settings how its requests are treated
/// @param watch knows the heavy keys
/// @param queues where its requests may wait; null if there are none
public record Explainer(
    String service, ServiceSettings settings, HeavyWatch watch, @Nullable QueueControl queues) {
  /// Candidates shown: the owner and the next two.
  private static final int SHOWN = 3;

  /// The draw of a request without a key is the same each time, so that explaining twice agrees.
  private static final long DRAW_SEED = 0;

  /// Explains one request.
  ///
  /// @throws IllegalArgumentException if the facts make no valid request; the message says why
  public Explanation explain(FleetView view, RequestFacts facts) {
    return explain(view, facts, head(facts));
  }

  Explanation explain(FleetView view, RequestFacts facts, RequestHead head) {
    SplittableRandom random = new SplittableRandom(DRAW_SEED);
    FoundKey key = FoundKey.of(settings, new Request(head, facts), random);
    HeavyKey heavy = watch.find(service, key.hash());
    int over = heavy == null ? 1 : settings.heavy().seats(heavy);
    Chooser chooser = new Chooser(settings.bound(), settings.concurrency().inFlight());
    Replica chosen =
        over == 1
            ? chooser.choose(view, key.hash(), new Tried())
            : chooser.spread(view, key.hash(), new Tried(), over, random);
    List<Candidate> candidates = candidates(view, key.hash(), chooser);
    return new Explanation(
        view.service(),
        null,
        key.source().text(),
        key.hash(),
        candidates,
        chosen == null ? Replica.SPARE : chosen.seat(),
        chosen == null ? null : chosen.name(),
        chooser.spilledFrom() != Table.NONE,
        key.why() + where(candidates, chosen, chooser, heavy, over) + away(view, key),
        heavy,
        queued(key));
  }

  private Explanation.@Nullable Queued queued(FoundKey key) {
    if (queues == null || !settings.respondAsync() || key.drawn() || key.bytes().length == 0) {
      return null;
    }
    QueueView queue = queues.queue(service);
    SlotTable slots = queue == null ? SlotTable.equal(SlotTable.DEFAULT_SHARDS) : queue.slots();
    int slot = Slots.slot(Slots.lane(service, key.bytes()));
    return new Explanation.Queued(service, slot, slots.shard(slot));
  }

  private static String away(FleetView view, FoundKey key) {
    Absence absence = key.drawn() ? null : Absence.of(view, key.hash());
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

  private static String where(
      List<Candidate> candidates,
      @Nullable Replica chosen,
      Chooser chooser,
      @Nullable HeavyKey heavy,
      int over) {
    if (chosen == null) {
      return chooser.atLimit() > 0
          ? "; every replica is at its limit, so that it waits for the first that is not"
          : "; no replica serves";
    }
    String there = "replica " + chosen.name() + " on seat " + chosen.seat();
    Candidate owner = candidates.getFirst();
    if (over > 1) {
      return "; "
          + load(heavy)
          + ", so that its requests are spread over "
          + over
          + " seats; this one may go to "
          + there;
    }
    String watched = heavy == null ? "" : "; " + load(heavy);
    if (owner.seat() == chosen.seat()) {
      return "; its owner is " + there + watched;
    }
    String reason =
        chooser.spilledFrom() != Table.NONE
            ? "is full with " + owner.inFlight() + " of " + owner.cap() + " requests in flight"
            : "cannot take it";
    return "; its owner, seat "
        + owner.seat()
        + ", "
        + reason
        + ", so that it goes to "
        + there
        + watched;
  }

  private static String load(@Nullable HeavyKey heavy) {
    return heavy == null
        ? ""
        : String.format(
            Locale.ROOT, "it is a heavy key with %.0f %% of the requests", 100 * heavy.share());
  }

  /// The hash by which a route chooses among services: of the key as far as the head has it.
  long hash(RequestFacts facts, RequestHead head) {
    KeyHash keys = new KeyHash(settings.key(), settings.hash());
    return keys.hash(head, facts.client().getAddress(), new SplittableRandom(DRAW_SEED));
  }

  static RequestHead head(RequestFacts facts) {
    StringBuilder text = new StringBuilder();
    text.append(facts.method()).append(' ').append(facts.target()).append(" HTTP/1.1\r\n");
    if (!names(facts, "host")) {
      text.append("Host: localhost\r\n");
    }
    facts.headers().forEach((name, value) -> line(text, name, value));
    if (!facts.body().isEmpty()) {
      line(text, "Content-Length", Integer.toString(facts.body().getBytes(UTF_8).length));
    }
    ByteBuf bytes = Unpooled.copiedBuffer(text.append("\r\n"), StandardCharsets.ISO_8859_1);
    RequestHead head = new RequestHead(Limits.DEFAULT);
    Outcome outcome = head.parse(bytes);
    if (outcome != Outcome.COMPLETE || bytes.isReadable()) {
      String reason = head.rejection() == null ? "it is not one" : head.rejection().reason();
      throw new IllegalArgumentException("no valid request: " + reason);
    }
    return head;
  }

  private static boolean names(RequestFacts facts, String wanted) {
    for (String name : facts.headers().keySet()) {
      if (name.equalsIgnoreCase(wanted)) {
        return true;
      }
    }
    return false;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value).append("\r\n");
  }
}
