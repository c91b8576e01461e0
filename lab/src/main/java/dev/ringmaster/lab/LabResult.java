package dev.ringmaster.lab;

import java.nio.file.Path;
import java.util.List;

/// How a run of the lab ended.
public sealed interface LabResult {

  /// The experiments ran, whatever they found.
  ///
  /// @param page the report
  /// @param summary what was found, a line each
  /// @param lost requests that got no answer with status 200 in A-3
  /// @param failedChecks endpoint checks of A-3 that did not answer as the contract says
  record Finished(Path page, List<String> summary, long lost, long failedChecks)
      implements LabResult {}

  /// An experiment could not be run to its end.
  ///
  /// @param reason one or more lines for people
  record Failed(String reason) implements LabResult {}

  /// It was told to stop; all it had started is stopped.
  record Interrupted() implements LabResult {}
}
