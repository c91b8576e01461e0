package dev.ringmaster.queue.sqlite;

/// What lies in the file.
///
/// ```
///   queue 1 ──── n subscription 1 ──── n entry ─┐
///     │                         └───── n dead ──┤ seq        one content for all entries and
///     n dedup                                   n ── 1 content   dead of its seq; it goes with
///                                                              the last of them
///   result (id, subscription) is what is left of a message that ended well
/// ```
///
/// | table | order on disk | written |
/// |---|---|---|
/// | `entry` | subscription, shard, seq: a log is a range | at the right end of each log, about 45 bytes |
/// | `content` | seq | at the right end |
/// | `content_id` | id, of version 7 | near the right end, because ids begin with their time |
/// | `shared` | seq | only for messages with several entries: how many are left |
/// | `dead` | subscription, shard, seq | seldom |
/// | `result`, `result_until` | id; expiry | near the right end |
/// | `dedup`, `dedup_until` | queue and the producer's id: at random; expiry | only for messages that have such an id |
/// | `dropped` | | subscriptions that are gone and whose rows are still being removed |
///
/// So a commit of 64 messages of 1 KiB touches one page of 4 KiB for every third message, and one
/// for each log that got any; nothing else grows with the number of messages kept. Times are Unix
/// milliseconds. `meta` has the number of the last start's epoch, a seq that no message has
/// reached, the last number given to a queue or subscription, and whether the file was closed in
/// order.
final class Schema {
  /// "Ring" in ASCII: the file is ours.
  static final int APPLICATION = 0x52696e67;

  /// Grows when an older program could not read the file.
  static final int VERSION = 1;

  static final String[] CREATE = {
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID\
    """,
    """
    INSERT INTO meta VALUES ('epoch', 0), ('seq', 0), ('number', 0), ('clean', 1), ('probe', 0)\
    """,
    """
    CREATE TABLE queue (
      number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, terms TEXT NOT NULL,
      slots BLOB NOT NULL, paused INTEGER NOT NULL)\
    """,
    """
    CREATE TABLE subscription (
      number INTEGER PRIMARY KEY, queue INTEGER NOT NULL, name TEXT NOT NULL,
      UNIQUE (queue, name))\
    """,
    """
    CREATE TABLE entry (
      subscription INTEGER NOT NULL, shard INTEGER NOT NULL, seq INTEGER NOT NULL,
      lane INTEGER NOT NULL, slot INTEGER NOT NULL, attempts INTEGER NOT NULL,
      not_before INTEGER NOT NULL, delayed INTEGER NOT NULL, accepted INTEGER NOT NULL,
      bytes INTEGER NOT NULL,
      PRIMARY KEY (subscription, shard, seq)) WITHOUT ROWID\
    """,
    """
    CREATE TABLE content (
      seq INTEGER PRIMARY KEY, id BLOB NOT NULL, lane INTEGER NOT NULL, slot INTEGER NOT NULL,
      accepted INTEGER NOT NULL, callback TEXT, key BLOB NOT NULL, head BLOB NOT NULL,
      body BLOB NOT NULL)\
    """,
    "CREATE INDEX content_id ON content (id)",
    "CREATE TABLE shared (seq INTEGER PRIMARY KEY, refs INTEGER NOT NULL)",
    """
    CREATE TABLE dead (
      subscription INTEGER NOT NULL, shard INTEGER NOT NULL, seq INTEGER NOT NULL,
      lane INTEGER NOT NULL, slot INTEGER NOT NULL, bytes INTEGER NOT NULL,
      attempts INTEGER NOT NULL, died INTEGER NOT NULL, id BLOB NOT NULL, until INTEGER,
      reason TEXT NOT NULL, status INTEGER, body_bytes INTEGER, head BLOB, body BLOB,
      PRIMARY KEY (subscription, shard, seq)) WITHOUT ROWID\
    """,
    "CREATE INDEX dead_id ON dead (subscription, id)",
    "CREATE INDEX dead_until ON dead (until) WHERE until IS NOT NULL",
    """
    CREATE TABLE result (
      id BLOB NOT NULL, subscription INTEGER NOT NULL, slot INTEGER NOT NULL,
      accepted INTEGER NOT NULL, attempts INTEGER NOT NULL, until INTEGER NOT NULL,
      status INTEGER NOT NULL, body_bytes INTEGER NOT NULL, head BLOB NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (id, subscription)) WITHOUT ROWID\
    """,
    "CREATE INDEX result_until ON result (until)",
    """
    CREATE TABLE dedup (
      queue INTEGER NOT NULL, name TEXT NOT NULL, id BLOB NOT NULL, slot INTEGER NOT NULL,
      until INTEGER NOT NULL,
      PRIMARY KEY (queue, name)) WITHOUT ROWID\
    """,
    "CREATE INDEX dedup_until ON dedup (until)",
    "CREATE TABLE dropped (subscription INTEGER PRIMARY KEY)",
    "PRAGMA application_id = " + APPLICATION,
    "PRAGMA user_version = " + VERSION
  };

  private Schema() {}
}
