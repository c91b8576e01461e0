package dev.ringmaster.console.reload;

import java.util.List;
import java.util.function.Supplier;

/// How the settings are read again.
///
/// @param reload reads them and makes them hold, or refuses them; blocks until that is done
/// @param counts what the reloads have come to
public record Reloads(Supplier<ReloadResult> reload, Supplier<ReloadCounts> counts) {

  /// Of a program whose settings come from nowhere that could change.
  public static final Reloads NONE =
      new Reloads(
          () -> new ReloadResult.Refused(List.of("this Ringmaster has no settings to read again")),
          () -> ReloadCounts.NONE);
}
