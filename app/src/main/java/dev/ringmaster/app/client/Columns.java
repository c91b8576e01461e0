package dev.ringmaster.app.client;

import java.util.ArrayList;
import java.util.List;

/// A table of text whose columns line up.
public final class Columns {
  private final List<List<String>> rows = new ArrayList<>();

  /// A table with these headings.
  public Columns(String... headings) {
    rows.add(List.of(headings));
  }

  /// Adds a row of as many cells as there are headings.
  public void add(String... cells) {
    if (cells.length != rows.getFirst().size()) {
      throw new IllegalArgumentException(cells.length + " cells for " + rows.getFirst());
    }
    rows.add(List.of(cells));
  }

  /// The lines, each as long as it needs to be.
  public List<String> lines() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    return line.toString().stripTrailing();
  }
}
