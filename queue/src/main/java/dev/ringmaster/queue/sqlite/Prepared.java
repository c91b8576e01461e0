package dev.ringmaster.queue.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// A statement that is compiled once and run often, by one thread at a time. The driver ends a
/// statement that failed; then it is compiled again.
final class Prepared {
  private final Connection connection;
  private final String sql;
  private @Nullable PreparedStatement statement;

  Prepared(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.sql = sql;
    statement = connection.prepareStatement(sql);
  }

  /// Runs a change; how many rows it changed.
  int run(@Nullable Object... values) throws SQLException {
    return with(PreparedStatement::executeUpdate, values);
  }

  /// Runs a statement that has no values and gives no rows.
  void execute() throws SQLException {
    boolean rows = with(PreparedStatement::execute);
    if (rows) {
      throw new SQLException("rows of: " + sql);
    }
  }

  /// The first row; null if there is none.
  <T> @Nullable T first(Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = new ArrayList<>(1);
    each(
        next -> {
          found.add(row.read(next));
          return false;
        },
        values);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The only row.
  <T> T only(Row<T> row, @Nullable Object... values) throws SQLException {
    T found = first(row, values);
    if (found == null) {
      throw new SQLException("a row is missing", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
    return found;
  }

  /// All rows.
  <T> List<T> all(Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = new ArrayList<>();
    each(
        next -> {
          found.add(row.read(next));
          return true;
        },
        values);
    return found;
  }

  /// Row after row, while it wants more.
  void each(Row<Boolean> wantsMore, @Nullable Object... values) throws SQLException {
    with(
        ready -> {
          try (ResultSet rows = ready.executeQuery()) {
            boolean more = rows.next();
            while (more) {
              more = wantsMore.read(rows) && rows.next();
            }
          }
          return 0;
        },
        values);
  }

  private <T> T with(Use<T> use, @Nullable Object... values) throws SQLException {
    PreparedStatement ready = statement;
    if (ready == null) {
      ready = connection.prepareStatement(sql);
    }
    statement = null;
    for (int i = 0; i < values.length; i++) {
      ready.setObject(i + 1, values[i]);
    }
    T result = use.of(ready);
    statement = ready;
    return result;
  }

  /// What a row says.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Use<T> {
    T of(PreparedStatement ready) throws SQLException;
  }
}
