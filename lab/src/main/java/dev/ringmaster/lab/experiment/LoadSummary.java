package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.Failure;
import dev.ringmaster.lab.load.Latency;
import dev.ringmaster.lab.load.LoadResult;
import java.util.Map;

/// A load in a few numbers.
///
/// @param requests how many were sent
/// @param lost how many did not get status 200
/// @param perSecond requests a second
/// @param latency of all
/// @param byStatus answers by status
/// @param byFailure requests without an answer, by reason
public record LoadSummary(
    int requests,
    long lost,
    double perSecond,
    Latency latency,
    Map<Integer, Long> byStatus,
    Map<Failure, Long> byFailure) {

  static LoadSummary of(LoadResult result) {
    return new LoadSummary(
        result.samples().size(),
        result.lost(),
        result.perSecond(),
        result.latency(),
        result.byStatus(),
        result.byFailure());
  }
}
