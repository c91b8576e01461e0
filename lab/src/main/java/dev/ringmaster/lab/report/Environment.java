package dev.ringmaster.lab.report;

/// Where and how the experiments ran.
///
/// @param date the start, ISO 8601 with the zone UTC
/// @param command the command line of the program under test
/// @param replicaKind what its replicas were
/// @param processors how many the JVM sees
public record Environment(
    String date,
    String command,
    String replicaKind,
    int processors,
    String processor,
    String operatingSystem,
    String javaVersion,
    String ringmasterVersion,
    int requests,
    int connections,
    long seed,
    boolean quick) {}
