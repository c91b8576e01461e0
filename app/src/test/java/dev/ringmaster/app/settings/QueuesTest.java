package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.queue.control.QueueTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queues in the file, and in the body of a `PUT`.
class QueuesTest {
  @TempDir Path directory;

  @Test
  void aQueueWithNothingBelowItHasTheDefaults() throws Exception {
    assertThat(read("queues: { mail: }").queues())
        .containsExactly(
            new QueueTerms(
                "mail",
                null,
                "/",
                64,
                QueueTerms.Limits.DEFAULT,
                QueueTerms.Retry.DEFAULT,
                QueueTerms.Results.DEFAULT));
  }

  @Test
  void allThatAQueueCanBeGivenIsRead() throws Exception {
    QueueTerms mail =
        read(
                "queues:",
                "  mail:",
                "    service: web",
                "    path: /send?now=1",
                "    shards: 16",
                "    limits: { messages: 5, bytes: 4g, oldest: 1h, message-bytes: 64k, in-flight: 7,"
                    + " subscriptions: 2 }",
                "    retry: { timeout: 5s, first: 10ms, most: 1m, attempts: 3, oldest: 2h,"
                    + " redirects: true, dead: block-key }",
                "    results: { kept: 24h, body-bytes: 1k }")
            .queues()
            .getFirst();
    assertThat(mail)
        .isEqualTo(
            new QueueTerms(
                "mail",
                "web",
                "/send?now=1",
                16,
                new QueueTerms.Limits(5, 4L << 30, Duration.ofHours(1), 64 << 10, 7, 2),
                new QueueTerms.Retry(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(10),
                    Duration.ofMinutes(1),
                    3,
                    Duration.ofHours(2),
                    true,
                    QueueTerms.Dead.BLOCK_KEY),
                new QueueTerms.Results(Duration.ofHours(24), 1024)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          queues: { mail: { shard: 1 } } | unknown key 'shard' in 'queues.mail'; did you mean 'shards'?
          queues: { mail: { shards: 0 } } | expected a whole number from 1 to 4096, found '0'
          queues: { mail: { service: wep } } | unknown service 'wep'; did you mean 'web'?
          queues: { mail: { retry: { first: 1h } } } | queues.mail.retry.first: is more than retry.most
          queues: { mail: { limits: { message-bytes: 17m } } } | expected bytes from 1k to 16m
          queues: { mail: { limits: { bytes: 2k } } } | limits.bytes: is less than limits.message-bytes
          queues: { mail: { replicas: 3 } } | 'replicas' has no place in queues.mail: it stands in a service
          queues: { 'a/b': } | 'a/b' is no queue's name
          queues: { mail: 3 } | queues.mail: expected terms, found '3'
          queues: | expected the name of at least one queue
          limits: { messages: 3 } | 'limits.messages' has no place in the top level: it stands in a queue
          """)
  void whatIsWrongIsToldWithItsPlace(String yaml, String told) throws IOException {
    Files.writeString(directory.resolve("ringmaster.yaml"), yaml);
    Rejected rejected =
        catchThrowableOfType(Rejected.class, () -> SettingsReader.read(directory, null, List.of()));
    assertThat(rejected.problems())
        .singleElement()
        .asString()
        .startsWith("ringmaster.yaml:1: ")
        .contains(told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          queue: false|queues: { mail: }|queue: has no place with queues; drop one
          queue: false|classic-queue: true|classic-queue: has no place with queue: false; drop one
          queue-store: postgres|port: 1|queue-store: postgres needs queue-url: where it is
          queue-url: jdbc:postgresql://a/b|port: 1|queue-url: needs queue-store: postgres
          queue-user: joe|port: 1|queue-user: needs queue-store: postgres
          queue-callback-private: true|port: 1|queue-callback-private: needs queue-callbacks
          """)
  void settingsThatDoNotGoTogetherAreRefused(String one, String other, String told)
      throws IOException {
    Files.writeString(directory.resolve("ringmaster.yaml"), one + "\n" + other + "\n");
    assertThatThrownBy(() -> SettingsReader.read(directory, null, List.of()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining(told);
  }

  @Test
  void aPasswordHasNoPlaceInTheUrl() throws IOException {
    Files.writeString(
        directory.resolve("ringmaster.yaml"),
        "queue-store: postgres\nqueue-url: jdbc:postgresql://a/b?user=x&password=y\n");
    assertThatThrownBy(() -> SettingsReader.read(directory, null, List.of()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("without a password");
  }

  @Test
  void aPutIsReadAsTheFileIs() throws Exception {
    String json =
        "{\"service\":\"web\",\"limits\":{\"messages\":9,\"bytes\":\"4g\"},\"retry\":{\"redirects\":true}}";
    assertThat(QueueReading.read("mail", json, Set.of("web"), null))
        .isEqualTo(
            read("queues: { mail: { service: web, limits: { messages: 9, bytes: 4g }, retry: {"
                    + " redirects: true } } }")
                .queues()
                .getFirst());
  }

  @Test
  void aPutThatNamesNoShardsLeavesThoseThatAreThere() {
    QueueTerms before = QueueReading.read("mail", "{\"shards\":16}", Set.of(), null);
    assertThat(QueueReading.read("mail", "", Set.of(), before).shards()).isEqualTo(16);
    assertThat(QueueReading.read("mail", "{\"shards\":8}", Set.of(), before).shards()).isEqualTo(8);
  }

  @Test
  void allThatIsWrongWithAPutIsTold() {
    assertThatThrownBy(
            () -> QueueReading.read("mail", "{\"shards\":0,\"paths\":\"/\"}", Set.of("web"), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shards: expected a whole number from 1 to 4096")
        .hasMessageContaining("unknown key 'paths'; did you mean 'path'?");
    assertThatThrownBy(() -> QueueReading.read("mail", "[1]", Set.of("web"), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> QueueReading.read("mail", "{", Set.of("web"), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theQueueIsThereWithoutConfiguration() throws Exception {
    Configuration read = Configuration.ofOne(Values.of(List.of()));
    assertThat(read.process().get(Queueing.QUEUE)).isTrue();
    assertThat(read.queues()).isEmpty();
  }

  private Configuration read(String... lines) throws IOException, Rejected {
    Files.write(directory.resolve("ringmaster.yaml"), List.of(lines));
    return SettingsReader.read(directory, null, List.of());
  }
}
