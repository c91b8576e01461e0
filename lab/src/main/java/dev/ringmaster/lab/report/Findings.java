package dev.ringmaster.lab.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.FaultRun;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a run of the lab found; the content of `report.json`.
///
/// @param handled A-1; empty if it was not asked for
/// @param growth A-2; empty if it was not asked for
/// @param faults A-3; null if it was not asked for
/// @param contest A-4; null if it was not asked for
public record Findings(
    Environment environment,
    @JsonProperty("A-1") List<BalanceRun> handled,
    @JsonProperty("A-2") List<BalanceRun> growth,
    @JsonProperty("A-3") @Nullable FaultRun faults,
    @JsonProperty("A-4") @Nullable Contest contest) {}
