package dev.ringmaster.queue.store;

import static dev.ringmaster.queue.store.StoreScript.NOW_MS;
import static dev.ringmaster.queue.store.StoreScript.draft;
import static dev.ringmaster.queue.store.StoreScript.terms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.SlotTable;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store does with messages that are appended and read.
interface MessagesContract extends StoreUnderTest {

  @Test
  default void aMessageComesBackAsItWas() throws StoreFault {
    StoreScript script = script();
    byte[] every = new byte[256];
    IntStream.range(0, every.length).forEach(i -> every[i] = (byte) i);
    Draft draft =
        new Draft(
            every,
            Draft.ANY_SHARD,
            new Content("POST /ü HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8), every),
            NOW_MS + 60_000,
            null,
            "https://example.org/done?ü");
    Placed at = script.place(script.append(draft));

    Message message = store().messages(at.log(), List.of(at.seq())).getFirst();

    assertThat(message.id()).isEqualTo(at.id());
    assertThat(message.key()).isEqualTo(every);
    assertThat(message.lane()).isEqualTo(at.order().lane());
    assertThat(message.slot()).isEqualTo(at.order().slot());
    assertThat(message.seq()).isEqualTo(at.seq());
    assertThat(message.acceptedMs()).isEqualTo(NOW_MS);
    assertThat(message.content().head()).isEqualTo(draft.content().head());
    assertThat(message.content().body()).isEqualTo(every);
    assertThat(message.callback()).isEqualTo("https://example.org/done?ü");
    assertThat(store().read(at.log(), 0, lane -> true, 10))
        .containsExactly(
            new Entry(
                at.seq(),
                at.order().lane(),
                at.order().slot(),
                0,
                NOW_MS + 60_000,
                true,
                NOW_MS,
                draft.content().bytes()));
  }

  @Test
  default void emptyKeysHeadsAndBodiesAreKept() throws StoreFault {
    StoreScript script = script();
    byte[] none = new byte[0];
    Draft draft = new Draft(none, Draft.ANY_SHARD, new Content(none, none), 0, null, null);
    Placed at = script.place(script.append(draft));

    Message message = store().messages(at.log(), List.of(at.seq())).getFirst();

    assertThat(message.key()).isEmpty();
    assertThat(message.content().head()).isEmpty();
    assertThat(message.content().body()).isEmpty();
    assertThat(message.callback()).isNull();
  }

  @Test
  default void aMessageOfAMegabyteComesBackAsItWas() throws StoreFault {
    StoreScript script = script();
    String text = "0123456789abcdef".repeat(1 << 16);
    Placed at = script.place(text);

    assertThat(script.bodies(at.log())).containsExactly(text);
  }

  @Test
  default void seqsGrowOverAllLogs() throws StoreFault {
    StoreScript script = script();
    List<Long> seqs = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      seqs.add(script.place("key " + i).seq());
    }

    assertThat(seqs).isSorted().doesNotHaveDuplicates();
    assertThat(seqs.getFirst()).isPositive();
    assertThat(script.entries(script.main).stream().map(Entry::seq)).isEqualTo(seqs);
  }

  @Test
  default void theOrderOfACommitIsTheOrderOfItsSeqs() throws StoreFault {
    StoreScript script = script();
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      orders.add(script.append(draft("same")));
    }
    List<Effect> effects = store().commit(orders);

    assertThat(effects.stream().map(effect -> ((Effect.Appended) effect).seq()))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  default void aMessageLiesInTheShardOfItsSlot() throws StoreFault {
    StoreScript script = script();
    SlotTable slots = SlotTable.equal(4);
    for (int i = 0; i < 20; i++) {
      Placed at = script.place("key " + i);
      assertThat(at.log().shard()).isEqualTo(slots.shard(at.order().slot()));
      assertThat(store().messages(at.log(), List.of(at.seq()))).hasSize(1);
    }
  }

  @Test
  default void aLogIsReadInPagesAndOfSomeLanesOnly() throws StoreFault {
    StoreScript script = script();
    for (int i = 0; i < 30; i++) {
      script.place(i % 3 == 0 ? "hot" : "cold " + i);
    }
    Placed last = script.place("hot");
    long hot = last.order().lane();

    List<Entry> first = store().read(last.log(), 0, lane -> lane == hot, 4);
    List<Entry> next = store().read(last.log(), first.getLast().seq(), lane -> lane == hot, 100);

    assertThat(first).hasSize(4).allMatch(entry -> entry.lane() == hot);
    assertThat(next).hasSize(7).allMatch(entry -> entry.lane() == hot);
    assertThat(store().read(last.log(), last.seq(), lane -> true, 10)).isEmpty();
    assertThat(store().read(last.log(), 0, lane -> false, 10)).isEmpty();
    assertThat(store().read(last.log(), 0, lane -> true, 0)).isEmpty();
  }

  @Test
  default void entriesBehindThousandsOfAnotherLaneAreFound() throws StoreFault {
    StoreScript script = script();
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      orders.add(script.append(draft("poison")));
    }
    store().commit(orders);
    long poison = ((Order.Append) orders.getFirst()).lane();
    int shard = script.slots().shard(((Order.Append) orders.getFirst()).slot());
    Placed behind = placeIn(script, shard, "other");

    assertThat(store().read(behind.log(), 0, lane -> lane != poison, 5))
        .extracting(Entry::seq)
        .containsExactly(behind.seq());
  }

  private static Placed placeIn(StoreScript script, int shard, String name) throws StoreFault {
    for (int i = 0; ; i++) {
      Order.Append order = script.append(draft(name + i));
      if (script.slots().shard(order.slot()) == shard) {
        return script.place(order);
      }
    }
  }

  @Test
  default void everySubscriptionGetsTheMessageUnderOneSeq() throws StoreFault {
    StoreScript script = script();
    int second = script.number(new Order.PutSubscription(script.queue, "audit"));
    Placed at = script.place(script.append(draft("x"), List.of(script.main, second)));
    LogId audit = new LogId(second, at.log().shard());

    assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Done());

    assertThat(script.bodies(at.log())).isEmpty();
    assertThat(script.bodies(audit)).containsExactly("x");
    assertThat(script.does(script.finish(at.at(audit, at.seq())))).isEqualTo(new Effect.Done());
    assertThat(script.bodies(audit)).isEmpty();
  }

  @Test
  default void anAppendForNobodyKeepsItsDeduplicationIdAlone() throws StoreFault {
    StoreScript script = script();
    Order.Append first = script.append(draft("x", 0, "once"), List.of());

    assertThat(script.does(first)).isInstanceOf(Effect.Appended.class);
    assertThat(script.entries(script.main)).isEmpty();
    assertThat(script.does(script.append(draft("x", 0, "once"))))
        .isEqualTo(new Effect.Repeats(first.id(), SlotTable.equal(4).shard(first.slot())));
  }

  @Test
  default void aKnownDeduplicationIdAddsNothing() throws StoreFault {
    StoreScript script = script();
    Placed first = script.place(script.append(draft("x", 0, "once")));

    Effect again = script.does(script.append(draft("y", 0, "once")));

    assertThat(again).isEqualTo(new Effect.Repeats(first.id(), first.log().shard()));
    assertThat(script.entries(script.main)).hasSize(1);
  }

  @Test
  default void aDeduplicationIdIsKnownWithinItsOwnCommit() throws StoreFault {
    StoreScript script = script();
    Order.Append first = script.append(draft("x", 0, "once"));
    Order.Append again = script.append(draft("x", 0, "once"));

    List<Effect> effects = store().commit(List.of(first, again));

    assertThat(effects.getFirst()).isInstanceOf(Effect.Appended.class);
    assertThat(effects.getLast())
        .isEqualTo(new Effect.Repeats(first.id(), SlotTable.equal(4).shard(first.slot())));
    assertThat(script.entries(script.main)).hasSize(1);
  }

  @Test
  default void aDeduplicationIdOutlivesItsMessageAndEndsAtItsTime() throws StoreFault {
    StoreScript script = script();
    Placed first = script.place(script.append(draft("x", 0, "once")));
    script.does(script.finish(first));

    assertThat(script.does(later(script, 999))).isInstanceOf(Effect.Repeats.class);
    assertThat(script.does(later(script, 1_000))).isInstanceOf(Effect.Appended.class);
    assertThat(script.does(later(script, 1_999))).isInstanceOf(Effect.Repeats.class);
  }

  private static Order.Append later(StoreScript script, long afterMs) {
    Order.Append now = script.append(draft("x", 0, "once"));
    return new Order.Append(
        now.queue(),
        now.subscriptions(),
        now.id(),
        now.lane(),
        now.slot(),
        NOW_MS + afterMs,
        now.draft(),
        now.deduplicateForMs());
  }

  @Test
  default void queuesDoNotShareDeduplicationIds() throws StoreFault {
    StoreScript script = script();
    int other = script.number(new Order.PutQueue(terms("others")));
    int sub = script.number(new Order.PutSubscription(other, "main"));
    script.place(script.append(draft("x", 0, "once")));
    Order.Append mine = script.append(draft("x", 0, "once"));

    assertThat(
            script.does(
                new Order.Append(
                    other,
                    List.of(sub),
                    mine.id(),
                    mine.lane(),
                    mine.slot(),
                    NOW_MS,
                    mine.draft(),
                    1_000)))
        .isInstanceOf(Effect.Appended.class);
  }

  @Test
  default void aReaderWhileOthersWriteSeesWholeCommits() throws Exception {
    StoreScript script = script();
    LogId log = script.place("same").log();
    AtomicInteger seen = new AtomicInteger();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (seen.get() < 401) {
                  int size = store().read(log, 0, lane -> true, 1_000).size();
                  assertThat(size % 10).isEqualTo(1);
                  seen.set(size);
                }
              } catch (StoreFault e) {
                throw new IllegalStateException(e);
              }
            });
    for (int i = 0; i < 40; i++) {
      List<Order> orders = new ArrayList<>();
      for (int j = 0; j < 10; j++) {
        orders.add(script.append(draft("same")));
      }
      store().commit(orders);
    }

    assertThat(reader.join(Duration.ofSeconds(60))).isTrue();
    assertThat(seen.get()).isEqualTo(401);
  }
}
