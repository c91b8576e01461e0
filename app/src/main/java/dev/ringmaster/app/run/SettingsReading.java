package dev.ringmaster.app.run;

import dev.ringmaster.app.settings.Configuration;
import dev.ringmaster.app.settings.Rejected;

/// Reads the settings again, from the same file and under the same flags.
@FunctionalInterface
public interface SettingsReading {

  /// Reads and checks all of them.
  ///
  /// @throws Rejected with all that is wrong
  Configuration read() throws Rejected;
}
