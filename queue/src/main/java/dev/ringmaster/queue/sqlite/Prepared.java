package dev.ringmaster.queue.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/// A statement that is compiled once and run often, by one thread at a time.
final class Prepared {
  private final PreparedStatement statement;

  Prepared(Connection connection, String sql) throws SQLException {
    statement = connection.prepareStatement(sql);
  }

  /// Runs a change; how many rows it changed.
  int run(@Nullable Object... values) throws SQLException {
    bind(values);
    return statement.executeUpdate();
  }

  /// Runs a statement that has no values and gives no rows.
  void execute() throws SQLException {
    statement.execute();
  }

  /// The first row; null if there is none.
  <T> @Nullable T first(Row<T> row, @Nullable Object... values) throws SQLException {
    bind(values);
    try (ResultSet rows = statement.executeQuery()) {
      return rows.next() ? row.read(rows) : null;
    }
  }

  /// The only row.
  <T> T only(Row<T> row, @Nullable Object... values) throws SQLException {
    T found = first(row, values);
    if (found == null) {
      throw new SQLException("a row is missing", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
    return found;
  }

  /// Row after row, while it wants more.
  void each(Row<Boolean> wantsMore, @Nullable Object... values) throws SQLException {
    bind(values);
    try (ResultSet rows = statement.executeQuery()) {
      boolean more = rows.next();
      while (more) {
        more = wantsMore.read(rows) && rows.next();
      }
    }
  }

  /// All rows.
  <T> List<T> all(Row<T> row, @Nullable Object... values) throws SQLException {
    bind(values);
    List<T> found = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }

  private void bind(@Nullable Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /// What a row says.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
