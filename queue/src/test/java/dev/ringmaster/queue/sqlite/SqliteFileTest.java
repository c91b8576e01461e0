package dev.ringmaster.queue.sqlite;

import static dev.ringmaster.queue.store.StoreScript.NOW_MS;
import static dev.ringmaster.queue.store.StoreScript.OWNER;
import static dev.ringmaster.queue.store.StoreScript.draft;
import static dev.ringmaster.queue.store.StoreScript.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringmaster.queue.control.MessageStatus.State;
import dev.ringmaster.queue.sqlite.SqliteStore.Sizes;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.HandClock;
import dev.ringmaster.queue.store.Order;
import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import dev.ringmaster.queue.store.StoreScript;
import dev.ringmaster.queue.store.StoreScript.Placed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a file goes through between two starts, and a disk that is full.
class SqliteFileTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("queue.db");
  }

  private SqliteStore open() throws StoreFault {
    return open(Sizes.DEFAULT);
  }

  private SqliteStore open(Sizes sizes) throws StoreFault {
    return SqliteStore.open(file(), new HandClock(), sizes);
  }

  private StoreFault refusal() {
    return catchThrowableOfType(StoreFault.class, this::open);
  }

  private void execute(String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everythingIsThereAfterAnotherStart() throws StoreFault {
    SqliteStore first = open();
    StoreScript script = new StoreScript(first);
    Placed waits = script.place(script.append(draft("x", 0, "once")));
    Placed done = script.place("y");
    Placed dead = script.place("z");
    script.does(script.finish(done, result(200, "ok", NOW_MS + 1)));
    script.does(script.bury(dead, "why", null));
    script.does(new Order.Pause(script.queue, true));
    long before = script.epoch(0);
    first.close();

    try (SqliteStore second = open()) {
      StoreScript again = new StoreScript(second);
      assertThat(second.queues().getFirst().paused()).isTrue();
      assertThat(again.state(waits.id())).isEqualTo(State.WAITING);
      assertThat(again.state(done.id())).isEqualTo(State.DONE);
      assertThat(again.state(dead.id())).isEqualTo(State.DEAD);
      assertThat(again.does(script.append(draft("x", 0, "once"))))
          .isEqualTo(new Effect.Repeats(waits.id(), waits.log().shard()));
      assertThat(again.place("next").seq()).isGreaterThan(dead.seq());
      assertThat(again.epoch(0)).isGreaterThan(before);
      assertThat(again.does(script.finish(waits))).isEqualTo(new Effect.Fenced());
    }
  }

  @Test
  void anEpochThatWasGivenOutNeverComesBack() throws StoreFault {
    long last;
    try (SqliteStore first = open()) {
      StoreScript script = new StoreScript(first);
      first.release(script.queue, 0, OWNER);
      first.acquire(script.queue, 0, "two", 1_000);
      first.release(script.queue, 0, "two");
      last = first.acquire(script.queue, 0, OWNER, 1_000);
    }
    try (SqliteStore second = open()) {
      assertThat(new StoreScript(second).epoch(0)).isGreaterThan(last);
    }
  }

  @Test
  void aFileHasOneOwner() throws StoreFault {
    SqliteStore first = open();

    assertThat(refusal().kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(refusal()).hasMessageContaining("in use by another process");
    first.close();
    open().close();
  }

  @Test
  void anEmptyFileIsDamageAndNoBeginning() throws IOException {
    Files.createFile(file());

    assertThat(refusal().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refusal()).hasMessageContaining("kept as it is");
    assertThat(file()).isEmptyFile();
  }

  @Test
  void aLogWithoutItsFileIsDamageAndNoBeginning() throws IOException {
    Files.writeString(folder.resolve("queue.db-wal"), "something");

    assertThat(refusal().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(file()).doesNotExist();
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws IOException {
    Files.writeString(file(), "a letter to the editor, somewhat longer than a header".repeat(99));

    assertThat(refusal().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(Files.readString(file())).startsWith("a letter");
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() {
    execute("CREATE TABLE letters (text TEXT)");

    assertThat(refusal().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refusal()).hasMessageContaining("no store of Ringmaster's");
  }

  @Test
  void aFileOfANewerRingmasterIsRefused() throws StoreFault {
    open().close();
    execute("PRAGMA user_version = 99");

    assertThat(refusal().kind()).isEqualTo(Kind.NEWER);
    assertThat(refusal()).hasMessageContaining("version 99");
  }

  @Test
  void aHalfMadeFileIsMadeAnew() throws IOException, StoreFault {
    Files.writeString(folder.resolve("queue.db.new"), "half");

    open().close();

    assertThat(file()).exists();
    assertThat(folder.resolve("queue.db.new")).doesNotExist();
  }

  @Test
  void aDamagedPageIsFoundAfterAnUncleanStop() throws StoreFault, IOException {
    SqliteStore store = open();
    StoreScript script = new StoreScript(store);
    for (int i = 0; i < 300; i++) {
      script.place("key " + i);
    }
    store.close();
    execute("UPDATE meta SET value = 0 WHERE name = 'clean'");
    byte[] before = damage();

    assertThat(refusal().kind()).isEqualTo(Kind.CORRUPT);
    assertThat(refusal()).hasMessageContaining("kept as it is");
    assertThat(Files.readAllBytes(file())).hasSize(before.length);
  }

  /// Overwrites pages in the middle.
  private byte[] damage() throws IOException {
    byte[] whole = Files.readAllBytes(file());
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[4 * 4096]), whole.length / 4096 / 2 * 4096L);
    }
    return whole;
  }

  @Test
  void aFullFileTakesNothingMoreAndLosesNothing() throws StoreFault {
    Sizes small = new Sizes(1024, 1024, 100, 400 << 10, 0);
    List<Placed> kept = new ArrayList<>();
    try (SqliteStore store = open(small)) {
      StoreScript script = new StoreScript(store);
      StoreFault full = fill(script, kept);
      assertThat(full.kind()).isEqualTo(Kind.DISK_FULL);
      assertThat(full.durable()).isEqualTo(Durable.NO);
      assertThat(script.entries(script.main)).hasSize(kept.size());

      for (Placed at : kept.subList(0, kept.size() / 2)) {
        assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Done());
      }
      kept.subList(0, kept.size() / 2).clear();
      kept.add(script.place("room again"));
    }
    try (SqliteStore store = open(small)) {
      assertThat(new StoreScript(store).entries(kept.getFirst().log().subscription()))
          .hasSize(kept.size());
    }
  }

  private static StoreFault fill(StoreScript script, List<Placed> kept) {
    String body = "0123456789".repeat(100);
    while (true) {
      try {
        kept.add(script.place(body));
      } catch (StoreFault full) {
        return full;
      }
    }
  }

  @Test
  void messagesAreRefusedBeforeTheDiskIsFullAndEndsAreNot() throws StoreFault {
    Placed at;
    try (SqliteStore store = open()) {
      at = new StoreScript(store).place("x");
    }
    Sizes spares = new Sizes(1024, 1024, 100, 1L << 40, Long.MAX_VALUE / 2);
    try (SqliteStore store = open(spares)) {
      StoreScript script = new StoreScript(store);
      StoreFault full = catchThrowableOfType(StoreFault.class, () -> script.place("y"));

      assertThat(full.kind()).isEqualTo(Kind.DISK_FULL);
      assertThat(full.durable()).isEqualTo(Durable.NO);
      assertThat(script.does(script.finish(at))).isEqualTo(new Effect.Done());
    }
  }

  @Test
  void rowsOfADroppedQueueAreRemovedByAndBy() throws StoreFault, SQLException {
    try (SqliteStore store = open()) {
      StoreScript script = new StoreScript(store);
      for (int i = 0; i < 20; i++) {
        script.place("key " + i);
      }
      script.does(new Order.DropQueue(script.queue));
      int left = 0;
      while (script.does(new Order.Expire(0, 7)) instanceof Effect.Forgotten some
          && some.count() > 0) {
        left += some.count();
      }
      assertThat(left).isEqualTo(20);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      assertThat(
              statement
                  .executeQuery(
                      "SELECT (SELECT count(*) FROM content) + (SELECT count(*) FROM entry)")
                  .getInt(1))
          .isZero();
    }
  }
}
