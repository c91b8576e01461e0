package dev.ringmaster.console;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.ReplicaState;
import dev.ringmaster.fleet.Symptom;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A fleet without processes: what is added serves at once, what is removed is gone at once. The
/// last of the unnamed ones are removed, so that answers are known.
public final class FakeFleet implements FleetControl {
  /// The commands it took, such as `add 2 [S4]`; refused ones too.
  public final List<String> commands = Collections.synchronizedList(new ArrayList<>());

  private final String service;
  private final int limit;
  private FleetView view;

  /// A fleet of S1 … Sn that may grow to the limit.
  public FakeFleet(int n, int limit) {
    this("web", n, limit);
  }

  /// A fleet of another service.
  public FakeFleet(String service, int n, int limit) {
    this.service = service;
    this.limit = limit;
    List<Replica> replicas = new ArrayList<>();
    for (int i = 1; i <= n; i++) {
      replicas.add(replica("S" + i, i - 1, ReplicaState.SERVING));
    }
    this.view = viewOf(service, n, replicas);
  }

  /// A replica with an address that nobody listens on.
  public static Replica replica(String name, int seat, ReplicaState state) {
    return new Replica(
        name,
        seat,
        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9),
        state,
        new Load(),
        0,
        "");
  }

  /// A view of these replicas over a table with a seat for each that sits.
  public static FleetView viewOf(int desired, List<Replica> replicas) {
    return viewOf("web", desired, replicas);
  }

  private static FleetView viewOf(String service, int desired, List<Replica> replicas) {
    int seats = replicas.stream().mapToInt(Replica::seat).max().orElse(-1) + 1;
    String[] labels =
        IntStream.range(0, seats).mapToObj(seat -> "seat-" + seat).toArray(String[]::new);
    List<@Nullable Replica> seated = new ArrayList<>();
    for (int seat = 0; seat < seats; seat++) {
      seated.add(null);
    }
    for (Replica replica : replicas) {
      if (replica.seat() != Replica.SPARE) {
        seated.set(replica.seat(), replica);
      }
    }
    Roster roster = Roster.of(labels);
    for (int seat = 0; seat < seats; seat++) {
      Replica replica = seated.get(seat);
      if (replica == null || replica.state() != ReplicaState.SERVING) {
        roster = roster.weighted(seat, 0);
      }
    }
    return new FleetView(
        service, desired, new Scheme.Seats().table(roster), seated, List.copyOf(replicas));
  }

  /// Shows this view from now on.
  public synchronized void show(FleetView next) {
    view = next;
  }

  @Override
  public synchronized FleetView view() {
    return view;
  }

  @Override
  public synchronized CompletableFuture<FleetView> add(int n, List<String> names) {
    commands.add("add " + n + " " + names);
    if (view.desired() + (long) n > limit) {
      return refused("At most " + limit + " replicas may run");
    }
    for (String name : names) {
      if (has(name)) {
        return refused("Hostname '" + name + "' exists already");
      }
      if (name.equals("late")) {
        return CompletableFuture.failedFuture(new NotServing("late did not answer in 30 s"));
      }
      if (name.equals("broken")) {
        return CompletableFuture.failedFuture(new IllegalStateException("a defect"));
      }
      if (name.equals("never")) {
        return new CompletableFuture<>();
      }
    }
    List<Replica> replicas = new ArrayList<>(view.replicas());
    int seat = view.table().roster().size();
    for (int i = 0; i < n; i++) {
      String name = i < names.size() ? names.get(i) : "S" + (100_000 + seat + i);
      replicas.add(replica(name, seat + i, ReplicaState.SERVING));
    }
    view = viewOf(service, view.desired() + n, replicas);
    return CompletableFuture.completedFuture(view);
  }

  @Override
  public synchronized CompletableFuture<FleetView> remove(int n, List<String> names) {
    commands.add("remove " + n + " " + names);
    if (n > view.desired()) {
      return refused("Only " + view.desired() + " replicas can be removed");
    }
    for (String name : names) {
      if (!has(name)) {
        return refused("Hostname '" + name + "' does not exist");
      }
    }
    List<Replica> replicas = new ArrayList<>(view.replicas());
    replicas.removeIf(replica -> names.contains(replica.name()));
    for (int i = names.size(); i < n; i++) {
      replicas.removeLast();
    }
    view = viewOf(service, view.desired() - n, replicas);
    return CompletableFuture.completedFuture(view);
  }

  @Override
  public synchronized CompletableFuture<FleetView> drain(String name) {
    commands.add("drain " + name);
    return has(name)
        ? CompletableFuture.completedFuture(view)
        : refused("Replica '" + name + "' does not exist");
  }

  @Override
  public synchronized CompletableFuture<FleetView> undrain(String name) {
    commands.add("undrain " + name);
    return CompletableFuture.completedFuture(view);
  }

  @Override
  public synchronized CompletableFuture<FleetView> weigh(String name, double weight) {
    commands.add("weigh " + name + " " + weight);
    return has(name)
        ? CompletableFuture.completedFuture(view)
        : refused("Replica '" + name + "' does not exist");
  }

  @Override
  public synchronized CompletableFuture<FleetView> restart() {
    commands.add("restart");
    return CompletableFuture.completedFuture(view);
  }

  @Override
  public void report(Replica replica, Symptom symptom) {
    throw new UnsupportedOperationException("the console sees no traffic");
  }

  private boolean has(String name) {
    return view.replicas().stream().anyMatch(replica -> replica.name().equals(name));
  }

  private static CompletableFuture<FleetView> refused(String message) {
    return CompletableFuture.failedFuture(new Refusal(message));
  }
}
