package dev.ringmaster.fleet.runtime;

/// A replica ended.
///
/// @param instance which one
/// @param reason why, for people: `exit code 1`, `signal 9`, `container removed`
public record Exit(Instance instance, String reason) {}
