package dev.ringmaster.queue.postgres;

/// What lies in the database, all in the schema `ringmaster`.
///
/// ```
///   queue 1 ──── n subscription 1 ──── n entry ─┐
///     │                         └───── n dead ──┤ seq        one content for all entries and
///     ├ n dedup                                 n ── 1 content   dead of its seq; it goes with
///     └ n shard: epoch, owner, until                           the last of them
///
///   result (id, subscription) is what is left of a message that ended well
///   owner: who renewed its leases, until when       writer: each one's last commit
/// ```
///
/// | table | key | |
/// |---|---|---|
/// | `entry` | subscription, shard, seq | a log is a range |
/// | `content` | seq; id | the bytes, uncompressed |
/// | `shared` | seq | only for messages with several entries: how many are left |
/// | `shard` | queue, shard | whose it is; the epoch grows with each taking |
/// | `writer` | name | a number that each transaction sets, so that one whose end was not heard can be asked after |
/// | `dropped` | subscription | gone; its rows are still being removed |
///
/// Times are Unix milliseconds of the Ringmasters, but for leases, which are the database's own
/// time. `meta` has the version and the number of changes to queues and subscriptions, by which
/// everyone sees whether what it knows of them still holds.
///
/// Advisory locks, all ended by their transaction, are 64-bit numbers:
///
/// ```
/// 63        48 47    40 39           12 11        0
/// ┌───────────┬────────┬───────────────┬───────────┐
/// │ 0x526d    │ kind   │ queue         │ shard     │
/// └───────────┴────────┴───────────────┴───────────┘
/// ```
final class Schema {
  /// Grows when an older program could not work on the tables.
  static final int VERSION = 1;

  static final String[] CREATE = {
    "CREATE TABLE meta (name text PRIMARY KEY, value bigint NOT NULL)",
    "INSERT INTO meta VALUES ('version', " + VERSION + "), ('catalog', 0)",
    "CREATE SEQUENCE seq",
    "CREATE SEQUENCE number AS integer",
    """
    CREATE TABLE queue (
      number integer PRIMARY KEY, name text NOT NULL UNIQUE, terms text NOT NULL,
      slots bytea NOT NULL, paused boolean NOT NULL)\
    """,
    """
    CREATE TABLE subscription (
      number integer PRIMARY KEY, queue integer NOT NULL, name text NOT NULL,
      UNIQUE (queue, name))\
    """,
    """
    CREATE TABLE shard (
      queue integer NOT NULL, shard integer NOT NULL, epoch bigint NOT NULL,
      owner text NOT NULL, until timestamptz NOT NULL,
      PRIMARY KEY (queue, shard)) WITH (fillfactor = 50)\
    """,
    "CREATE TABLE owner (name text PRIMARY KEY, until timestamptz NOT NULL)",
    """
    CREATE TABLE writer (
      name text PRIMARY KEY, commits bigint NOT NULL,
      seen timestamptz NOT NULL DEFAULT clock_timestamp()) WITH (fillfactor = 50)\
    """,
    """
    CREATE TABLE entry (
      subscription integer NOT NULL, shard integer NOT NULL, seq bigint NOT NULL,
      lane bigint NOT NULL, slot integer NOT NULL, attempts integer NOT NULL,
      not_before bigint NOT NULL, delayed boolean NOT NULL, accepted bigint NOT NULL,
      bytes integer NOT NULL,
      PRIMARY KEY (subscription, shard, seq))\
    """,
    """
    CREATE TABLE content (
      seq bigint PRIMARY KEY, id uuid NOT NULL, lane bigint NOT NULL, slot integer NOT NULL,
      accepted bigint NOT NULL, callback text, key bytea NOT NULL,
      head bytea STORAGE EXTERNAL NOT NULL, body bytea STORAGE EXTERNAL NOT NULL)\
    """,
    "CREATE INDEX content_id ON content (id)",
    "CREATE TABLE shared (seq bigint PRIMARY KEY, refs integer NOT NULL)",
    """
    CREATE TABLE dead (
      subscription integer NOT NULL, shard integer NOT NULL, seq bigint NOT NULL,
      lane bigint NOT NULL, slot integer NOT NULL, bytes integer NOT NULL,
      attempts integer NOT NULL, died bigint NOT NULL, id uuid NOT NULL, until bigint,
      reason text NOT NULL, status integer, body_bytes bigint, head bytea, body bytea,
      PRIMARY KEY (subscription, shard, seq))\
    """,
    "CREATE INDEX dead_id ON dead (subscription, id)",
    "CREATE INDEX dead_until ON dead (until) WHERE until IS NOT NULL",
    """
    CREATE TABLE result (
      id uuid NOT NULL, subscription integer NOT NULL, slot integer NOT NULL,
      accepted bigint NOT NULL, attempts integer NOT NULL, until bigint NOT NULL,
      status integer NOT NULL, body_bytes bigint NOT NULL, head bytea NOT NULL,
      body bytea NOT NULL,
      PRIMARY KEY (id, subscription))\
    """,
    "CREATE INDEX result_until ON result (until)",
    """
    CREATE TABLE dedup (
      queue integer NOT NULL, name text NOT NULL, id uuid NOT NULL, slot integer NOT NULL,
      since bigint NOT NULL, until bigint NOT NULL,
      PRIMARY KEY (queue, name))\
    """,
    "CREATE INDEX dedup_until ON dedup (until)",
    "CREATE TABLE dropped (subscription integer PRIMARY KEY)"
  };

  private static final long OURS = 0x526dL << 48;
  private static final int KIND_SHIFT = 40;
  private static final int QUEUE_SHIFT = 12;

  private Schema() {}

  /// What a lock is for.
  enum Lock {
    /// Making the tables, and queues.
    CATALOG(0),
    /// Held together by all that use a queue, alone by who changes it.
    QUEUE(1),
    /// Held by who adds to a shard, so that seqs become visible in their order.
    TAIL(2),
    /// Held together by all that rely on a shard's epoch, alone by who takes the shard.
    EPOCH(3),
    /// Held by who removes what has expired.
    SWEEP(4);

    private final long number;

    Lock(long number) {
      this.number = number;
    }

    long of(int queue, int shard) {
      return OURS | (number << KIND_SHIFT) | ((long) queue << QUEUE_SHIFT) | shard;
    }
  }
}
