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

  /// Makes the directory and tries that it takes files, so that minutes of measuring are not lost
  /// to a wrong path.
  public static void prepare(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.delete(Files.createTempFile(directory, "report-", ".tmp"));
  }

  /// Writes all files, over those that are there.
  ///
  /// @param directory one that was prepared
  /// @return the page
  public static Path write(Findings findings, Path directory) throws IOException {
    for (Map.Entry<String, String> file : CsvFiles.of(findings).entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
    Files.writeString(directory.resolve("report.json"), JSON.writeValueAsString(findings) + "\n");
    Path page = directory.resolve("report.html");
    Files.writeString(page, Page.of(findings));
    return page;
  }
}
