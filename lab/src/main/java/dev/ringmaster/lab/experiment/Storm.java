package dev.ringmaster.lab.experiment;

import java.util.List;

/// Many requests while a replica is killed, one is added and one is removed.
///
/// @param load how the requests fared
/// @param events what was done when, for people
/// @param servingAtEnd how many replicas served when all was over
/// @param desiredAtEnd N then
public record Storm(LoadSummary load, List<String> events, int servingAtEnd, int desiredAtEnd) {}
