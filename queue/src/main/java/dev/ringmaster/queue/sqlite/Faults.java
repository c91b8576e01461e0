package dev.ringmaster.queue.sqlite;

import dev.ringmaster.queue.store.StoreFault;
import dev.ringmaster.queue.store.StoreFault.Durable;
import dev.ringmaster.queue.store.StoreFault.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/// What SQLite's errors mean to a store (https://sqlite.org/rescode.html).
final class Faults {
  private static final int PRIMARY = 0xff;

  private Faults() {}

  static StoreFault of(SQLException e, Durable durable, Path file) {
    Kind kind = kind(e);
    String what =
        switch (kind) {
          case DISK_FULL -> "no room is left for " + file;
          case CORRUPT -> file + " is damaged, and kept as it is: " + e.getMessage();
          case UNAVAILABLE, NEWER -> file + " cannot be used: " + e.getMessage();
        };
    return new StoreFault(kind, durable, what, e);
  }

  private static Kind kind(SQLException e) {
    int code = e.getErrorCode();
    if (code == SQLiteErrorCode.SQLITE_IOERR_CORRUPTFS.code) {
      return Kind.CORRUPT;
    }
    int primary = code & PRIMARY;
    if (primary == SQLiteErrorCode.SQLITE_FULL.code) {
      return Kind.DISK_FULL;
    }
    boolean damaged =
        primary == SQLiteErrorCode.SQLITE_CORRUPT.code
            || primary == SQLiteErrorCode.SQLITE_NOTADB.code;
    return damaged ? Kind.CORRUPT : Kind.UNAVAILABLE;
  }
}
