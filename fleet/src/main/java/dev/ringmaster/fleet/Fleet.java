package dev.ringmaster.fleet;

import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.store.DataDirectory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// The replicas of one service, kept at N.
public final class Fleet implements FleetControl, AutoCloseable {
  private Fleet() {}

  /// Adopts what an earlier Ringmaster left running, and starts what is missing.
  ///
  /// @param nanoClock a clock like [System#nanoTime]
  /// @throws DataDirectory.Unusable if the fleet's file cannot be read
  public static Fleet start(
      FleetSettings settings,
      ReplicaRuntime runtime,
      DataDirectory data,
      LongSupplier nanoClock,
      RandomGenerator random)
      throws DataDirectory.Unusable {
    return new Fleet();
  }

  /// Ends when all replicas of the start serve; fails with [NotServing] when one does not.
  public CompletableFuture<FleetView> ready() {
    return new CompletableFuture<>();
  }

  /// What the fleet has been through so far.
  public FleetStats stats() {
    return new FleetStats(0, 0, 0, 0, List.of(), FleetStats.TableChange.NONE);
  }

  @Override
  public FleetView view() {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<FleetView> add(int n, List<String> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<FleetView> remove(int n, List<String> names) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<FleetView> drain(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<FleetView> undrain(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void report(Replica replica, Symptom symptom) {
    throw new UnsupportedOperationException();
  }

  /// Drains and stops all replicas, unless the settings leave them running; returns when they are
  /// gone.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
