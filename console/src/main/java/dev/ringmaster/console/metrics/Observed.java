package dev.ringmaster.console.metrics;

import dev.ringmaster.fleet.FleetStats;
import dev.ringmaster.fleet.FleetView;

/// A fleet at one scrape.
public record Observed(FleetView view, FleetStats stats) {}
