package dev.ringmaster.gateway.exchange;

/// Where a request goes, and under which terms.
///
/// @param service whose replicas get it
/// @param terms those of the route, or of the service if there is none
record Destination(LocalService service, Terms terms) {}
