package dev.ringmaster.lab.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes a report: `report.html`, `report.json` and the CSV files.
public final class ReportFiles {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportFiles() {}

  /// Writes all files, over those that are there.
  ///
  /// @param directory made if it is missing
  /// @return the page
  public static Path write(Findings findings, Path directory) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, String> file : CsvFiles.of(findings).entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(directory.resolve("report.json"), JSON.writeValueAsString(findings) + "\n");
    Path page = directory.resolve("report.html");
    Files.writeString(page, Page.of(findings));
    return page;
  }
}
