package dev.ringmaster.app.settings;

import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Group;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.Terms;

/// The tables of all settings in Markdown, for the documentation.
public final class SettingsTable {
  private SettingsTable() {}

  /// A heading and a table for each group, one row a setting, in the catalog's order.
  public static String markdown() {
    StringBuilder text = new StringBuilder();
    Catalog.GROUPS.forEach(group -> table(text, group));
    table(text, Terms.GROUP);
    return text.append('\n').toString();
  }

  private static void table(StringBuilder text, Group group) {
    text.append("\n## ").append(group.title()).append("\n\n");
    text.append("| key | flag | scope | value | default | meaning |\n|---|---|---|---|---|---|\n");
    for (Setting<?> setting : group.settings()) {
      String fallback = setting.fallback();
      row(
          text,
          "`" + setting.key() + "`",
          setting.scope() == Scope.QUEUE ? "" : "`" + setting.flag() + "`",
          setting.scope().word(),
          setting.kind().expected(),
          fallback == null ? "" : "`" + fallback + "`",
          setting.meaning());
    }
  }

  private static void row(StringBuilder table, String... cells) {
    for (String cell : cells) {
      table.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    table.append("|\n");
  }
}
