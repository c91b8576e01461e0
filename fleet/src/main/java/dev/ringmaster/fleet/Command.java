package dev.ringmaster.fleet;

import dev.ringmaster.fleet.fixed.Given;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A command to the fleet and where its answer goes.
sealed interface Command {

  CompletableFuture<FleetView> reply();

  record Add(int n, List<String> names, CompletableFuture<FleetView> reply) implements Command {}

  record Remove(int n, List<String> names, CompletableFuture<FleetView> reply) implements Command {}

  record Drain(String name, CompletableFuture<FleetView> reply) implements Command {}

  /// Gives a replica's seat another weight, 0 to 1.
  record Weigh(String name, double weight, CompletableFuture<FleetView> reply) implements Command {}

  record Restart(CompletableFuture<FleetView> reply) implements Command {}

  record Undrain(String name, CompletableFuture<FleetView> reply) implements Command {}

  /// Watches these targets instead of those that were given before.
  record Retarget(List<Given> targets, CompletableFuture<FleetView> reply) implements Command {}
}
