package dev.ringmaster.app.run.queues;

import dev.ringmaster.app.settings.Values;
import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.queue.QueuesSettings;
import dev.ringmaster.queue.postgres.Access;
import dev.ringmaster.queue.postgres.PostgresStore;
import dev.ringmaster.queue.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The store that the settings name.
final class Stores {
  /// Below the data directory.
  private static final String FILE = "queue.db";

  static final String USER = "RINGMASTER_QUEUE_USER";
  static final String PASSWORD = "RINGMASTER_QUEUE_PASSWORD";

  private Stores() {}

  /// How it is opened.
  ///
  /// @throws IOException if the file with the password cannot be read
  static LateQueues.Opening opening(Values values, Path data, RandomGenerator random)
      throws IOException {
    if (!shared(values)) {
      Path file = data.resolve(FILE);
      return () ->
          QueueHouse.open(
              () -> SqliteStore.open(file, InstantSource.system(), SqliteStore.Sizes.DEFAULT),
              QueuesSettings.alone(),
              random);
    }
    Access access = access(values, System.getenv());
    QueuesSettings settings = QueuesSettings.shared(owner(random));
    return () -> QueueHouse.open(() -> PostgresStore.open(access), settings, random);
  }

  private static boolean shared(Values values) {
    return values.get(Queueing.STORE).equals("postgres");
  }

  /// Whether there may be messages already, so that it has to be opened at the start.
  static boolean mayHold(Values values, Path data) {
    return shared(values) || Files.exists(data.resolve(FILE));
  }

  /// Where PostgreSQL is, and as whom one goes there; the settings go before the environment.
  static Access access(Values values, Map<String, String> environment) throws IOException {
    Optional<Path> file = values.find(Queueing.PASSWORD_FILE);
    @Nullable String password =
        file.isPresent() ? Files.readString(file.get()).strip() : environment.get(PASSWORD);
    return new Access(
        values.find(Queueing.URL).orElseThrow(),
        values.find(Queueing.USER).orElse(environment.get(USER)),
        password);
  }

  /// A name of this process and this start alone.
  private static String owner(RandomGenerator random) {
    return ProcessHandle.current().pid() + "-" + HexFormat.of().toHexDigits(random.nextLong());
  }
}
