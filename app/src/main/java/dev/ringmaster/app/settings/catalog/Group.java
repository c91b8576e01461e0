package dev.ringmaster.app.settings.catalog;

import java.util.List;

/// Settings about one thing.
///
/// @param title their heading in the documentation
/// @param settings in the order of help and documentation
public record Group(String title, List<Setting<?>> settings) {

  public Group {
    settings = List.copyOf(settings);
  }
}
