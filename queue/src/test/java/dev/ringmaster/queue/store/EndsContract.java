package dev.ringmaster.queue.store;

import static dev.ringmaster.queue.store.StoreScript.NOW_MS;
import static dev.ringmaster.queue.store.StoreScript.answer;
import static dev.ringmaster.queue.store.StoreScript.draft;
import static dev.ringmaster.queue.store.StoreScript.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.ringmaster.queue.control.DeadMessage;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.message.Message;
import dev.ringmaster.queue.message.MessageId;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with messages that end: well, later, dead, or again.
interface EndsContract extends StoreUnderTest {

  @Test
  default void aFinishedMessageIsGone() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    Placed stays = script.place("x");

    assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Done());

    assertThat(script.bodies(at.log())).hasSize(1);
    assertThat(store().messages(at.log(), List.of(at.seq(), stays.seq())))
        .extracting(Message::seq)
        .containsExactly(stays.seq());
    assertThat(script.find(at.id())).isNull();
    assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Gone());
    assertThat(script.does(script.postpone(at, 1, 2))).isEqualTo(new Effect.Gone());
    assertThat(script.does(script.bury(at, "why", null))).isEqualTo(new Effect.Gone());
  }

  @Test
  default void anAnswerIsKeptUntilItExpires() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    script.does(script.finish(at, result(201, "made", NOW_MS + 500)));

    MessageStatus done = script.known(at.id());
    assertThat(done.state()).isEqualTo(State.DONE);
    assertThat(done.attempts()).isEqualTo(3);
    assertThat(done.acceptedMs()).isEqualTo(NOW_MS);
    assertThat(done.shard()).isEqualTo(at.log().shard());
    assertThat(done.answer()).usingRecursiveComparison().isEqualTo(answer(201, "made"));

    script.does(new Order.Expire(NOW_MS + 499, 100));
    assertThat(script.state(at.id())).isEqualTo(State.DONE);
    assertThat(script.does(new Order.Expire(NOW_MS + 500, 100))).isEqualTo(new Effect.Forgotten(1));
    assertThat(script.find(at.id())).isNull();
  }

  @Test
  default void expiryIsDoneInPieces() throws StoreFault {
    StoreScript script = script();
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      placed.add(script.place(script.append(draft("x" + i, 0, "id " + i))));
      script.does(script.finish(placed.getLast(), result(200, "", NOW_MS + i)));
    }
    Order.Expire all = new Order.Expire(NOW_MS + 1_000, 6);

    assertThat(script.does(all)).isEqualTo(new Effect.Forgotten(6));
    assertThat(script.does(all)).isEqualTo(new Effect.Forgotten(6));
    assertThat(script.does(all)).isEqualTo(new Effect.Forgotten(6));
    assertThat(script.does(all)).isEqualTo(new Effect.Forgotten(2));
    assertThat(script.does(all)).isEqualTo(new Effect.Forgotten(0));
    for (Placed at : placed) {
      assertThat(script.find(at.id())).isNull();
    }
  }

  @Test
  default void aPostponedMessageKeepsItsPlace() throws StoreFault {
    StoreScript script = script();
    Placed first = script.place(script.append(draft("x", NOW_MS + 5, null)));
    Placed second = script.place("x");

    assertThat(script.does(script.postpone(first, 4, NOW_MS + 80))).isEqualTo(new Effect.Done());

    assertThat(store().read(first.log(), 0, lane -> true, 10))
        .extracting(Entry::seq, Entry::attempts, Entry::notBeforeMs, Entry::delayed)
        .containsExactly(
            tuple(first.seq(), 4, NOW_MS + 80, false), tuple(second.seq(), 0, 0L, false));
    MessageStatus waiting = script.known(first.id());
    assertThat(waiting.state()).isEqualTo(State.WAITING);
    assertThat(waiting.attempts()).isEqualTo(4);
    assertThat(waiting.nextMs()).isEqualTo(NOW_MS + 80);
    assertThat(waiting.answer()).isNull();
    assertThat(waiting.reason()).isNull();
  }

  @Test
  default void aBuriedMessageIsAmongTheDead() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    script.does(script.bury(at, "too often", result(500, "no", NOW_MS + 500)));

    DeadMessage dead = store().dead(script.main, null, 10).getFirst();
    assertThat(dead.message().id()).isEqualTo(at.id());
    assertThat(StoreScript.body(dead.message())).isEqualTo("x");
    assertThat(dead.message().acceptedMs()).isEqualTo(NOW_MS);
    assertThat(dead.message().seq()).isEqualTo(at.seq());
    assertThat(dead.shard()).isEqualTo(at.log().shard());
    assertThat(dead.attempts()).isEqualTo(10);
    assertThat(dead.diedMs()).isEqualTo(NOW_MS + 7);
    assertThat(dead.reason()).isEqualTo("too often");
    assertThat(dead.answer()).usingRecursiveComparison().isEqualTo(answer(500, "no"));
    assertThat(store().read(at.log(), 0, lane -> true, 10)).isEmpty();
    assertThat(store().messages(at.log(), List.of(at.seq()))).isEmpty();
    assertThat(store().deadLanes(at.log())).containsExactly(at.order().lane());

    MessageStatus status = script.known(at.id());
    assertThat(status.state()).isEqualTo(State.DEAD);
    assertThat(status.attempts()).isEqualTo(10);
    assertThat(status.reason()).isEqualTo("too often");
    assertThat(status.acceptedMs()).isEqualTo(NOW_MS);
    assertThat(status.answer()).usingRecursiveComparison().isEqualTo(answer(500, "no"));
  }

  @Test
  default void aDeadMessageOutlivesItsAnswer() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    script.does(script.bury(at, "too often", result(500, "no", NOW_MS + 500)));

    assertThat(script.does(new Order.Expire(NOW_MS + 500, 10))).isEqualTo(new Effect.Forgotten(1));

    assertThat(store().dead(script.main, null, 10).getFirst().answer()).isNull();
    MessageStatus status = script.known(at.id());
    assertThat(status.state()).isEqualTo(State.DEAD);
    assertThat(status.answer()).isNull();
  }

  @Test
  default void theDeadAreReadInTheOrderOfTheirIds() throws StoreFault {
    StoreScript script = script();
    List<MessageId> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Placed at = script.place("key " + i);
      ids.add(at.id());
      script.does(script.bury(at, "why", null));
    }

    List<DeadMessage> first = store().dead(script.main, null, 3);
    List<DeadMessage> next = store().dead(script.main, first.getLast().message().id(), 100);

    assertThat(first).extracting(dead -> dead.message().id()).isEqualTo(ids.subList(0, 3));
    assertThat(next).extracting(dead -> dead.message().id()).isEqualTo(ids.subList(3, 7));
    assertThat(store().dead(script.main, ids.getLast(), 100)).isEmpty();
    assertThat(store().dead(4711, null, 100)).isEmpty();
  }

  @Test
  default void aRedrivenMessageIsAtTheTailAsIfAcceptedThen() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    script.does(script.bury(at, "why", null));
    Placed before = script.place("x");

    Effect.Appended again = (Effect.Appended) script.does(script.redrive(at));

    assertThat(again.shard()).isEqualTo(at.log().shard());
    assertThat(again.seq()).isGreaterThan(before.seq());
    assertThat(store().read(at.log(), 0, lane -> true, 10))
        .last()
        .isEqualTo(
            new Entry(
                again.seq(),
                at.order().lane(),
                at.order().slot(),
                0,
                0,
                false,
                NOW_MS + 99,
                at.order().draft().content().bytes()));
    Message message = store().messages(at.log(), List.of(again.seq())).getFirst();
    assertThat(message.id()).isEqualTo(at.id());
    assertThat(message.seq()).isEqualTo(again.seq());
    assertThat(message.acceptedMs()).isEqualTo(NOW_MS + 99);
    assertThat(script.state(at.id())).isEqualTo(State.WAITING);
    assertThat(store().dead(script.main, null, 10)).isEmpty();
    assertThat(script.does(script.redrive(at))).isEqualTo(new Effect.Gone());
  }

  @Test
  default void aRedriveOfOneSubscriptionLeavesTheOthers() throws StoreFault {
    StoreScript script = script();
    int second = script.number(new Order.PutSubscription(script.queue, "audit"));
    Placed at = script.place(script.append(draft("x"), List.of(script.main, second)));
    LogId audit = new LogId(second, at.log().shard());
    script.does(script.bury(at, "why", null));

    Effect.Appended again = (Effect.Appended) script.does(script.redrive(at));
    script.does(script.finish(at.at(at.log(), again.seq())));

    assertThat(script.bodies(audit)).containsExactly("x");
    assertThat(store().find(script.queue, second, at.id()))
        .extracting(MessageStatus::state)
        .isEqualTo(State.WAITING);
    assertThat(script.find(at.id())).isNull();
  }

  @Test
  default void aPurgedMessageIsGone() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");

    assertThat(script.does(script.purge(at))).isEqualTo(new Effect.Gone());
    script.does(script.bury(at, "why", null));
    assertThat(script.does(script.purge(at))).isEqualTo(new Effect.Done());

    assertThat(script.find(at.id())).isNull();
    assertThat(store().dead(script.main, null, 10)).isEmpty();
    assertThat(store().deadLanes(at.log())).isEmpty();
  }

  @Test
  default void totalsSayWhatALogHolds() throws StoreFault {
    StoreScript script = script();
    LogId log = script.place("x").log();
    script.place(script.append(draft("x", NOW_MS + 5, null)));
    Placed dies = script.place("x");
    script.does(script.bury(dies, "why", null));
    Placed last = script.place("x");
    long bytes = last.order().draft().content().bytes();

    assertThat(store().totals(log)).isEqualTo(new Totals(3, 4 * bytes, NOW_MS, last.seq(), 1));
    assertThat(store().totals(new LogId(4711, 0))).isEqualTo(new Totals(0, 0, 0, 0, 0));
  }

  @Test
  default void aRedriveAndAppendsOfOneCommitKeepTheirOrder() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");
    script.does(script.bury(at, "why", null));

    List<Effect> effects =
        store()
            .commit(
                List.of(script.append(draft("x")), script.redrive(at), script.append(draft("x"))));

    assertThat(effects.stream().map(effect -> ((Effect.Appended) effect).seq())).isSorted();
  }

  @Test
  default void ordersAboutOneMessageInOneCommitFollowEachOther() throws StoreFault {
    StoreScript script = script();
    Placed at = script.place("x");

    List<Effect> effects =
        store()
            .commit(
                List.of(
                    script.postpone(at, 2, NOW_MS + 9),
                    script.bury(at, "why", null),
                    script.finish(at),
                    script.purge(at),
                    script.purge(at)));

    assertThat(effects)
        .containsExactly(
            new Effect.Done(),
            new Effect.Done(),
            new Effect.Gone(),
            new Effect.Done(),
            new Effect.Gone());
    assertThat(script.find(at.id())).isNull();
  }
}
