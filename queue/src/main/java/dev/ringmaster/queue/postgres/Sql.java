package dev.ringmaster.queue.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Statements on a connection. The driver keeps them prepared on the server, by their text.
final class Sql {
  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// Runs a change; how many rows it changed.
  int run(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /// Runs a change once for each row of values, in one round trip; how many rows each changed.
  int[] runAll(String sql, List<@Nullable Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return new int[0];
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (@Nullable Object[] values : rows) {
        bind(statement, values);
        statement.addBatch();
      }
      return statement.executeBatch();
    }
  }

  /// All rows.
  <T> List<T> all(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return found;
    }
  }

  /// The first row; null if there is none.
  <T> @Nullable T first(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = all(sql, row, values);
    return found.isEmpty() ? null : found.getFirst();
  }

  /// The only row.
  <T> T only(String sql, Row<T> row, @Nullable Object... values) throws SQLException {
    List<T> found = all(sql, row, values);
    if (found.isEmpty()) {
      throw new SQLException("a row is missing", "XX001");
    }
    return found.getFirst();
  }

  private static void bind(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }

  /// What a row says.
  interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }
}
