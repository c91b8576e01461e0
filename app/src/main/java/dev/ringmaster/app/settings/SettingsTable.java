package dev.ringmaster.app.settings;

/// The table of all settings in Markdown, for the documentation.
public final class SettingsTable {
  private SettingsTable() {}

  /// One row a setting, in the catalog's order.
  public static String markdown() {
    StringBuilder table = new StringBuilder("| key | flag | value | default | meaning |\n");
    table.append("|---|---|---|---|---|\n");
    for (Setting<?> setting : Catalog.ALL) {
      String fallback = setting.fallback();
      row(
          table,
          "`" + setting.key() + "`",
          "`" + setting.flag() + "`",
          setting.kind().expected(),
          fallback == null ? "" : "`" + fallback + "`",
          setting.meaning());
    }
    return table.toString();
  }

  private static void row(StringBuilder table, String... cells) {
    for (String cell : cells) {
      table.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    table.append("|\n");
  }
}
