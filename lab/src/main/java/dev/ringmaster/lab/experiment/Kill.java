package dev.ringmaster.lab.experiment;

/// One replica killed under load.
///
/// @param victim its name
/// @param spares how many spares were warm
/// @param healedMs milliseconds from the kill until the console said that N others serve; an upper
///   bound, sampled every 10 ms
/// @param requests requests that ended from the kill until the fleet was whole again, and half a
///   second more
/// @param lost those of them without status 200
/// @param worstMs the longest latency among them
/// @param timeline from half a second before the kill
public record Kill(
    String victim,
    int spares,
    double healedMs,
    long requests,
    long lost,
    double worstMs,
    Timeline timeline) {}
