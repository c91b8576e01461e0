package dev.ringmaster.lab.load;

/// Latencies in milliseconds, three significant digits; p50 is the median.
public record Latency(
    double meanMs, double p50Ms, double p90Ms, double p99Ms, double p999Ms, double maxMs) {}
