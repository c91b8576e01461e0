package dev.ringmaster.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringmaster.queue.control.Accepted;
import dev.ringmaster.queue.control.LeaseRequest;
import dev.ringmaster.queue.control.Leased;
import dev.ringmaster.queue.control.MessageStatus;
import dev.ringmaster.queue.control.QueueTerms;
import dev.ringmaster.queue.control.Reply;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.desk.Clocks;
import dev.ringmaster.queue.message.Content;
import dev.ringmaster.queue.message.Draft;
import dev.ringmaster.queue.plain.PlainStore;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuesTest {
  private Queues queues;

  @BeforeEach
  void open() throws Exception {
    queues =
        Queues.open(
            new PlainStore(InstantSource.system()),
            QueuesSettings.alone(),
            Clocks.system(),
            new SecureRandom());
  }

  @AfterEach
  void close() {
    queues.close();
  }

  @Test
  void aMessageIsDeliveredAndDone() {
    done(queues.put(push("q")));
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    queues.deliverBy((parcel, ended) -> {
      seen.add(new String(parcel.message().content().body(), StandardCharsets.UTF_8));
      ended.accept(new Outcome.Answered(new Answer(200, new byte[0], new byte[0], 0), 0, -1));
    });
    Accepted first = done(queues.send("q", draft("a", "1")));
    for (int i = 2; i <= 100; i++) {
      done(queues.send("q", draft("a", "" + i)));
    }
    await().until(() -> seen.size() == 100);
    await()
        .until(() ->
            queues.queues().getFirst().subscriptions().getFirst().shards().stream()
                .allMatch(s -> s.depth() == 0));
    await()
        .untilAsserted(() ->
            assertThat(done(queues.find("q", first.id())).state())
                .isEqualTo(MessageStatus.State.DONE));
  }

  @Test
  void aConsumerLeasesAndAcknowledges() {
    done(queues.put(pull("p")));
    CompletionStage<Reply<List<Leased>>> waiting =
        queues.lease(new LeaseRequest("p", "main", 10, 10_000, 30_000));
    done(queues.send("p", draft("a", "1")));
    List<Leased> leased = done(waiting);
    assertThat(leased).hasSize(1);
    assertThat(done(queues.acknowledge("p", "main", List.of(leased.getFirst().receipt()))))
        .isEmpty();
    assertThat(done(queues.acknowledge("p", "main", List.of(leased.getFirst().receipt()))))
        .hasSize(1);
    assertThat(done(queues.lease(new LeaseRequest("p", "main", 10, 0, 30_000)))).isEmpty();
  }

  private static QueueTerms push(String name) {
    return new QueueTerms(
        name,
        "web",
        "/",
        64,
        QueueTerms.Limits.DEFAULT,
        QueueTerms.Retry.DEFAULT,
        QueueTerms.Results.DEFAULT);
  }

  private static QueueTerms pull(String name) {
    return new QueueTerms(
        name,
        null,
        "/",
        64,
        QueueTerms.Limits.DEFAULT,
        QueueTerms.Retry.DEFAULT,
        QueueTerms.Results.DEFAULT);
  }

  private static Draft draft(String key, String body) {
    return new Draft(
        key.getBytes(StandardCharsets.UTF_8),
        Draft.ANY_SHARD,
        new Content(
            "POST / HTTP/1.1\r\n".getBytes(StandardCharsets.UTF_8),
            body.getBytes(StandardCharsets.UTF_8)),
        0,
        null,
        null);
  }

  private static <T> T done(CompletionStage<Reply<T>> stage) {
    Reply<T> reply = stage.toCompletableFuture().join();
    return switch (reply) {
      case Reply.Done<T>(T value) -> value;
      case Reply.Refused<T> refused -> throw new AssertionError(refused);
    };
  }
}
