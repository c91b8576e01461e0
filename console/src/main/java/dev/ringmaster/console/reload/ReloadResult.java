package dev.ringmaster.console.reload;

import java.util.List;

/// What a reload came to.
public sealed interface ReloadResult {

  /// The new settings hold.
  ///
  /// @param changes one line each, such as `services.users.replicas: 3 -> 4`; none if nothing was
  ///   different
  record Done(List<String> changes) implements ReloadResult {
    public Done {
      changes = List.copyOf(changes);
    }
  }

  /// The old settings go on, all of them.
  ///
  /// @param problems one line each
  record Refused(List<String> problems) implements ReloadResult {
    public Refused {
      problems = List.copyOf(problems);
    }
  }
}
