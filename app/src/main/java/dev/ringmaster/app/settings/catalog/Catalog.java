package dev.ringmaster.app.settings.catalog;

import java.util.List;
import java.util.stream.Stream;

/// All that may be set for `ringmaster up`: the one source of flags, file keys, schema and
/// documentation. The settings stand in a class for each group.
public final class Catalog {
  /// The groups, in the order of help and documentation.
  public static final List<Group> GROUPS =
      List.of(
          Listening.GROUP,
          Tls.GROUP,
          Replicas.GROUP,
          ToReplicas.GROUP,
          Affinity.GROUP,
          Health.GROUP,
          Protection.GROUP,
          Trust.GROUP,
          Queueing.GROUP,
          Logging.GROUP);

  /// The settings of all groups.
  public static final List<Setting<?>> ALL =
      GROUPS.stream().<Setting<?>>flatMap(group -> group.settings().stream()).toList();

  /// Those and the terms of queues, which stand in the file alone. A key may be there twice, in two
  /// scopes.
  public static final List<Setting<?>> IN_FILE =
      Stream.<Setting<?>>concat(ALL.stream(), Terms.GROUP.settings().stream()).toList();

  private Catalog() {}
}
