package dev.ringmaster.queue.postgres;

import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL is, and as whom one goes there.
///
/// @param url `jdbc:postgresql://host:5432/database`, or several hosts, of which the primary is
///   used
/// @param user null for what the URL says
/// @param password null for none, or what the URL says
public record Access(String url, @Nullable String user, @Nullable String password) {
  @Override
  public String toString() {
    return url;
  }
}
