package dev.ringmaster.queue.commit;

import static dev.ringmaster.queue.store.StoreScript.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.plain.PlainStore;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.FailingStore;
import dev.ringmaster.queue.store.FailingStore.Failure;
import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import dev.ringmaster.queue.store.StoreScript;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CommitterTest {
  private final FailingStore store = new FailingStore(new PlainStore(new HandClock()));
  private final StoreScript script = begin(store);
  private final int before = store.commits().size();
  private final Committer committer = new Committer(store, () -> {});

  private static StoreScript begin(FailingStore store) {
    try {
      return new StoreScript(store);
    } catch (StoreFault e) {
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Committed> submit(Order... orders) {
    return committer.submit(List.of(orders)).toCompletableFuture();
  }

  private List<Integer> commits() {
    List<Integer> all = store.commits();
    return all.subList(before, all.size());
  }

  private static StoreFault fault(CompletableFuture<Committed> of) {
    return ((Committed.Failed) of.join()).fault();
  }

  @Test
  void whatWaitsIsCommittedTogetherAndEachHearsItsOwn() throws StoreFault {
    CompletableFuture<Committed> one = submit(script.append(draft("x")));
    CompletableFuture<Committed> two =
        submit(script.append(draft("y")), new Order.Pause(4711, true));

    assertThat(one).isNotDone();
    assertThat(committer.commitWaiting()).isNull();

    assertThat(commits()).containsExactly(3);
    assertThat(((Committed.Durable) one.join()).effects()).hasSize(1);
    assertThat(((Committed.Durable) two.join()).effects())
        .hasSize(2)
        .last()
        .isEqualTo(new Effect.Gone());
    assertThat(committer.counts().commits()).isEqualTo(1);
    assertThat(committer.counts().orders()).isEqualTo(3);
    assertThat(script.entries(script.main)).hasSize(2);
  }

  @Test
  void aCommitHasABoundAndNeverHalfAGroup() {
    List<Order> half = Collections.nCopies(Committer.MOST_ORDERS / 2 + 1, new Order.Pause(1, true));
    CompletableFuture<Committed> first = committer.submit(half).toCompletableFuture();
    CompletableFuture<Committed> second = committer.submit(half).toCompletableFuture();

    committer.commitWaiting();
    assertThat(first).isDone();
    assertThat(second).isNotDone();
    committer.commitWaiting();
    assertThat(second).isDone();
  }

  @Test
  void largeMessagesMakeSmallerCommits() {
    byte[] megabyte = new byte[1 << 20];
    Draft draft =
        new Draft(megabyte, Draft.ANY_SHARD, new Content(new byte[0], megabyte), 0, null, null);
    for (int i = 0; i < 12; i++) {
      var _ = submit(script.append(draft));
    }

    committer.commitWaiting();
    committer.commitWaiting();

    assertThat(commits()).containsExactly(8, 4);
  }

  @Test
  void nobodyHearsOfSuccessWhenTheCommitFailedBeforeTheDisk() throws StoreFault {
    store.fail(Failure.BEFORE_THE_DISK);
    CompletableFuture<Committed> one = submit(script.append(draft("x")));

    assertThat(committer.commitWaiting()).isNotNull();

    assertThat(fault(one).durable()).isEqualTo(Durable.NO);
    assertThat(script.entries(script.main)).isEmpty();
    assertThat(committer.counts().faults()).isEqualTo(1);
    assertThat(committer.counts().fault()).isNotNull();

    CompletableFuture<Committed> again = submit(script.append(draft("x")));
    assertThat(committer.commitWaiting()).isNull();
    assertThat(again.join()).isInstanceOf(Committed.Durable.class);
    assertThat(committer.counts().fault()).isNull();
  }

  @Test
  void aCommitThatFailsAfterTheDiskIsNotTakenForAFailure() throws StoreFault {
    Placed at = script.place("x");
    store.fail(Failure.AFTER_THE_DISK);
    CompletableFuture<Committed> one = submit(script.finish(at), script.append(draft("y")));

    committer.commitWaiting();

    assertThat(fault(one).durable()).isEqualTo(Durable.UNKNOWN);
    CompletableFuture<Committed> again = submit(script.finish(at));
    committer.commitWaiting();
    assertThat(((Committed.Durable) again.join()).effects()).containsExactly(new Effect.Gone());
  }

  @Test
  void aFullDiskStillTakesTheEndsOfMessages() throws StoreFault {
    Placed at = script.place("x");
    store.fail(Failure.FULL);
    CompletableFuture<Committed> append = submit(script.append(draft("y")));
    CompletableFuture<Committed> end = submit(script.finish(at));

    assertThat(committer.commitWaiting()).extracting(StoreFault::kind).isEqualTo(Kind.DISK_FULL);

    assertThat(fault(append).kind()).isEqualTo(Kind.DISK_FULL);
    assertThat(((Committed.Durable) end.join()).effects()).containsExactly(new Effect.Done());
    assertThat(script.entries(script.main)).isEmpty();
  }

  @Test
  void aDefectOfTheStoreIsToldAndSurvived() {
    store.fail(Failure.DEFECT);
    CompletableFuture<Committed> one = submit(script.append(draft("x")));
    committer.commitWaiting();
    CompletableFuture<Committed> two = submit(script.append(draft("x")));
    committer.commitWaiting();

    assertThat(fault(one)).hasMessageContaining("a defect");
    assertThat(two.join()).isInstanceOf(Committed.Durable.class);
  }

  @Test
  void appendsAreRefusedWhenTooMuchWaitsAndEndsAreNot() throws StoreFault {
    Placed at = script.place("x");
    List<CompletableFuture<Committed>> waiting = new ArrayList<>();
    for (int i = 0; i < Committer.MOST_WAITING; i++) {
      waiting.add(submit(script.append(draft("x"))));
    }

    assertThat(waiting).noneMatch(CompletableFuture::isDone);
    assertThat(fault(submit(script.append(draft("x")))).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(submit(script.finish(at))).isNotDone();
  }

  @Test
  void theThreadTriesAgainByItselfAndLosesNothing() {
    store.fail(Failure.BEFORE_THE_DISK, Failure.FULL, Failure.DEFECT, Failure.BEFORE_THE_DISK);
    int confirmed = 0;
    try (CommitThread thread = new CommitThread(store)) {
      while (confirmed < 50) {
        Committed one =
            thread
                .committer()
                .submit(List.of(script.append(draft("x"))))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        confirmed += one instanceof Committed.Durable ? 1 : 0;
      }
      assertThat(thread.committer().counts().faults()).isEqualTo(4);
    }
    assertThat(entries()).isEqualTo(confirmed);
  }

  @Test
  void whatWaitsAtTheEndIsWrittenAndLaterComersAreRefused() throws InterruptedException {
    CountDownLatch slow = new CountDownLatch(1);
    store.before(() -> await(slow));
    CommitThread thread = new CommitThread(store);
    List<CompletableFuture<Committed>> early = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      early.add(
          thread.committer().submit(List.of(script.append(draft("x")))).toCompletableFuture());
    }
    Thread closing = Thread.ofVirtual().start(thread::close);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            thread
                .committer()
                .submit(List.of(script.append(draft("late"))))
                .toCompletableFuture()
                .isDone());
    slow.countDown();

    assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
    assertThat(early).allMatch(one -> one.join() instanceof Committed.Durable);
    assertThat(
            fault(
                thread
                    .committer()
                    .submit(List.of(script.append(draft("late"))))
                    .toCompletableFuture()))
        .hasMessageContaining("closed");
  }

  private long entries() {
    try {
      return script.entries(script.main).size();
    } catch (StoreFault e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
