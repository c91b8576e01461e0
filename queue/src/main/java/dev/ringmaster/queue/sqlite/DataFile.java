package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.JDBC;

/// The file of a store, held by one process.
///
/// ```
/// queue.db         the messages; made under another name and renamed when it is whole, so that an
///                  empty or half-made one is damage, never a beginning
/// queue.db-wal     what is committed and not yet in queue.db
/// queue.db-shm     the index of that, in memory
/// queue.db.lock    empty; locked while a process has the store
/// queue.db.new     one that is being made
/// ```
final class DataFile implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataFile.class);

  /// A page has three messages of 1 KiB; larger ones made small commits write more.
  private static final int PAGE_BYTES = 4096;

  private final Path path;
  private final FileChannel lock;
  private final Deque<Connection> connections = new ArrayDeque<>();

  private DataFile(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /// Takes the file, makes it if there is none, and checks that it is whole.
  static DataFile open(Path named) throws StoreFault {
    Path path = named.toAbsolutePath();
    DataFile file = new DataFile(path, lock(path));
    try {
      file.prepare();
      return file;
    } catch (SQLException e) {
      file.close();
      throw Faults.of(e, Durable.NO, path);
    } catch (IOException e) {
      file.close();
      throw new StoreFault(Kind.UNAVAILABLE, Durable.NO, path + " cannot be made: " + e, e);
    } catch (StoreFault e) {
      file.close();
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /// Where it lies.
  Path folder() {
    return folder(path);
  }

  private static Path folder(Path path) {
    return Objects.requireNonNull(path.getParent(), "an absolute path has a folder");
  }

  /// A connection that changes the file; each commit waits for the disk.
  Connection writer(SqliteStore.Sizes sizes) throws SQLException {
    return keep(
        connect(
            path,
            List.of(
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA mmap_size = 0",
                "PRAGMA cache_size = -" + sizes.writeCacheKib(),
                "PRAGMA wal_autocheckpoint = " + sizes.logPages(),
                "PRAGMA journal_size_limit = " + (long) sizes.logPages() * PAGE_BYTES * 2,
                "PRAGMA max_page_count = " + sizes.mostBytes() / PAGE_BYTES)));
  }

  /// A connection that changes nothing, checkpoints included.
  Connection reader(SqliteStore.Sizes sizes) throws SQLException {
    return keep(
        connect(
            path,
            List.of(
                "PRAGMA mmap_size = 0",
                "PRAGMA cache_size = -" + sizes.readCacheKib(),
                "PRAGMA wal_autocheckpoint = 0",
                "PRAGMA query_only = ON")));
  }

  private Connection keep(Connection connection) {
    connections.push(connection);
    return connection;
  }

  /// Closes its connections, the one that writes last, since the last one brings the log into the
  /// file; then lets another process have it.
  @Override
  public void close() {
    try (lock) {
      for (Connection connection : connections) {
        connection.close();
      }
    } catch (SQLException | IOException e) {
      LOG.warn("{} is not closed in order; the next start mends that: {}", path, e.getMessage());
    }
  }

  private static FileChannel lock(Path path) throws StoreFault {
    Path file = path.resolveSibling(path.getFileName() + ".lock");
    try {
      Files.createDirectories(folder(path));
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (held(channel) == null) {
        channel.close();
        throw new StoreFault(
            Kind.UNAVAILABLE, Durable.NO, path + " is in use by another process", null);
      }
      return channel;
    } catch (IOException e) {
      throw new StoreFault(Kind.UNAVAILABLE, Durable.NO, file + " cannot be locked: " + e, e);
    }
  }

  private static @Nullable FileLock held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private void prepare() throws SQLException, IOException, StoreFault {
    if (Files.exists(path)) {
      check();
    } else if (Files.exists(path.resolveSibling(path.getFileName() + "-wal"))) {
      throw new StoreFault(
          Kind.CORRUPT,
          Durable.NO,
          path + " is gone, but its log is there: nothing is begun",
          null);
    } else {
      create();
    }
  }

  private void create() throws SQLException, IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    try (Connection connection =
        connect(fresh, List.of("PRAGMA page_size = " + PAGE_BYTES, "PRAGMA synchronous = FULL"))) {
      connection.setAutoCommit(false);
      for (String statement : Schema.CREATE) {
        execute(connection, statement);
      }
      connection.commit();
    }
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel folder = FileChannel.open(folder(path), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  private void check() throws SQLException, IOException, StoreFault {
    if (Files.size(path) == 0) {
      throw damaged("it is empty");
    }
    try (Connection connection = connect(path, List.of())) {
      if (number(connection, "PRAGMA application_id") != Schema.APPLICATION) {
        throw damaged("it is no store of Ringmaster's");
      }
      long version = number(connection, "PRAGMA user_version");
      if (version > Schema.VERSION) {
        String newer = path + " is of a newer Ringmaster (version " + version + ")";
        throw new StoreFault(Kind.NEWER, Durable.NO, newer, null);
      }
      if (number(connection, "SELECT value FROM meta WHERE name = 'clean'") == 0) {
        quickCheck(connection);
      }
    }
  }

  private void quickCheck(Connection connection) throws SQLException, StoreFault {
    String found = new Prepared(connection, "PRAGMA quick_check(1)").first(row -> row.getString(1));
    if (!"ok".equals(found)) {
      throw damaged(String.valueOf(found));
    }
  }

  private StoreFault damaged(String how) {
    return new StoreFault(
        Kind.CORRUPT, Durable.NO, path + " is damaged, and kept as it is: " + how, null);
  }

  private static long number(Connection connection, String sql) throws SQLException {
    Long value = new Prepared(connection, sql).first(row -> row.getLong(1));
    return value == null ? 0 : value;
  }

  private static Connection connect(Path path, List<String> pragmas) throws SQLException {
    Connection connection = JDBC.createConnection("jdbc:sqlite:" + path, new Properties());
    for (String pragma : pragmas) {
      execute(connection, pragma);
    }
    return connection;
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
