package dev.ringmaster.gateway.testing;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A fleet whose views are set by hand, and which remembers what it was told.
public final class FakeFleet implements FleetControl {
  /// Failures in a row that its replicas tell.
  public static final int FAILURES = 5;

  private final ConcurrentLinkedQueue<Symptom> symptoms = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failing = new AtomicInteger();
  private volatile FleetView view;

  private FakeFleet(FleetView view) {
    this.view = view;
  }

  /// A fleet of serving replicas at these ports, named S1 and so on.
  public static FakeFleet at(int... ports) {
    List<@Nullable Replica> replicas = new ArrayList<>();
    for (int i = 0; i < ports.length; i++) {
      replicas.add(replica("S" + (i + 1), i, ports[i]));
    }
    return new FakeFleet(viewOf(ports.length, replicas));
  }

  /// A serving replica.
  public static Replica replica(String name, int seat, int port) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return new Replica(name, seat, address, ReplicaState.SERVING, new Load(FAILURES), 0, "");
  }

  /// A view of these seats; a seat without a replica has weight 0.
  public static FleetView viewOf(int desired, List<@Nullable Replica> seats) {
    String[] labels = new String[seats.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = "seat-" + i;
    }
    Roster roster = Roster.of(labels);
    List<Replica> replicas = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      Replica replica = seats.get(i);
      if (replica == null) {
        roster = roster.weighted(i, 0);
      } else {
        replicas.add(replica);
      }
    }
    return new FleetView(
        "web", desired, new Scheme.Seats().table(roster), new ArrayList<>(seats), replicas);
  }

  /// Publishes another view.
  public void show(FleetView next) {
    view = next;
  }

  /// The replica on a seat.
  public Replica onSeat(int seat) {
    Replica replica = view.seats().get(seat);
    if (replica == null) {
      throw new IllegalStateException("nobody on seat " + seat);
    }
    return replica;
  }

  /// What was reported so far.
  public List<Symptom> symptoms() {
    return List.copyOf(symptoms);
  }

  /// The next looks at the view fail, so many of them, as if by a defect.
  public void failLooks(int count) {
    failing.set(count);
  }

  /// How many of them have not failed yet.
  public int looksToFail() {
    return Math.max(0, failing.get());
  }

  @Override
  public FleetView view() {
    if (failing.get() > 0 && failing.getAndDecrement() > 0) {
      throw new IllegalStateException("a look that was to fail");
    }
    return view;
  }

  @Override
  public void report(Replica replica, Symptom symptom) {
    symptoms.add(symptom);
  }

  @Override
  public CompletableFuture<FleetView> add(int n, List<String> names) {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }

  @Override
  public CompletableFuture<FleetView> remove(int n, List<String> names) {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }

  @Override
  public CompletableFuture<FleetView> drain(String name) {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }

  @Override
  public CompletableFuture<FleetView> weigh(String name, double weight) {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }

  @Override
  public CompletableFuture<FleetView> restart() {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }

  @Override
  public CompletableFuture<FleetView> undrain(String name) {
    return CompletableFuture.failedFuture(new Refusal("not in this test"));
  }
}
