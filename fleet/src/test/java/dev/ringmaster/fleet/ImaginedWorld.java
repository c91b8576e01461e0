package dev.ringmaster.fleet;

import dev.ringmaster.fleet.health.Sign;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.store.FleetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A machine with processes, a disk and a clock that exist in memory alone; it runs a [Supervisor]
/// and does what it says. Everything that happens follows from the seed.
final class ImaginedWorld {
  static final long MS = 1_000_000;
  static final long S = 1_000 * MS;

  final SplittableRandom random;
  final Map<String, Proc> running = new LinkedHashMap<>();
  private final FleetSettings settings;
  private final Consumer<FleetView> judge;
  private final PriorityQueue<Due> agenda = new PriorityQueue<>();
  private long nowNs;
  private long order;
  private int life;
  private int handles;
  private int idleTicks;
  private byte @Nullable [] disk;
  Supervisor supervisor;

  /// The part of starts that fail, that never listen, and that die before they listen.
  double badStarts;

  /// The part of writes that fail.
  double badWrites;

  /// One imagined process.
  static final class Proc {
    final Instance instance;
    final long listensNs;
    private Mood mood = Mood.FINE;
    private long moodSinceNs;

    Proc(Instance instance, long listensNs) {
      this.instance = instance;
      this.listensNs = listensNs;
    }
  }

  void setMood(Proc proc, Mood mood) {
    proc.mood = mood;
    proc.moodSinceNs = nowNs;
  }

  Mood mood(Proc proc) {
    return proc.mood;
  }

  /// Whether it has been answering late, for long enough to be known for it.
  boolean knownAsSlow(Proc proc) {
    return proc.mood == Mood.SLOW && nowNs - proc.moodSinceNs > 10 * S;
  }

  enum Mood {
    FINE,
    SLOW,
    /// Answers its heartbeats with 503.
    ERRING,
    HUNG
  }

  private record Due(long timeNs, long order, Runnable deed) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(timeNs, other.timeNs);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  ImaginedWorld(long seed, FleetSettings settings, Consumer<FleetView> judge) {
    this.random = new SplittableRandom(seed);
    this.settings = settings;
    this.judge = judge;
    this.supervisor = open();
    hear(new Event.Tick());
  }

  long nowNs() {
    return nowNs;
  }

  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean chance(double part) {
    return random.nextDouble() < part;
  }

  /// Lets time pass.
  void run(long ns) {
    long endNs = nowNs + ns;
    while (step(endNs)) {}
  }

  /// Lets the next thing happen; whether there was one until then.
  boolean step(long endNs) {
    Due next = agenda.peek();
    long wakeNs = Math.max(nowNs, supervisor.nextStepNs());
    if (next != null && next.timeNs() <= wakeNs && next.timeNs() <= endNs) {
      agenda.poll();
      nowNs = next.timeNs();
      next.deed().run();
      return true;
    }
    if (wakeNs <= endNs) {
      idleTicks = wakeNs > nowNs ? 0 : idleTicks + 1;
      if (idleTicks > 100) {
        throw new AssertionError("the supervisor spins");
      }
      nowNs = wakeNs;
      hear(new Event.Tick());
      return true;
    }
    nowNs = endNs;
    return false;
  }

  /// Ringmaster dies at once and comes back: what was on its way to it is lost, processes stay.
  void crash() {
    life++;
    supervisor = open();
    hear(new Event.Tick());
  }

  private Supervisor open() {
    List<Instance> alive = running.values().stream().map(proc -> proc.instance).toList();
    return new Supervisor(
        settings,
        Opening.of(settings, remembered(), alive, random),
        Instant.EPOCH,
        random,
        new CompletableFuture<>());
  }

  @Nullable FleetFile remembered() {
    try {
      return disk == null ? null : FleetFile.parse(disk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  CompletableFuture<FleetView> add(int n) {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    hear(new Event.Ordered(new Command.Add(n, List.of(), reply)));
    return reply;
  }

  CompletableFuture<FleetView> remove(int n) {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    hear(new Event.Ordered(new Command.Remove(n, List.of(), reply)));
    return reply;
  }

  CompletableFuture<FleetView> drain(String name) {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    hear(new Event.Ordered(new Command.Drain(name, reply)));
    return reply;
  }

  CompletableFuture<FleetView> weigh(String name, double weight) {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    hear(new Event.Ordered(new Command.Weigh(name, weight, reply)));
    return reply;
  }

  CompletableFuture<FleetView> restart() {
    CompletableFuture<FleetView> reply = new CompletableFuture<>();
    hear(new Event.Ordered(new Command.Restart(reply)));
    return reply;
  }

  /// The data path tells what it saw of a replica.
  void report(Replica replica, Symptom symptom) {
    hear(new Event.Reported(replica, symptom));
  }

  void close() {
    hear(new Event.Closing());
  }

  void kill(Proc proc) {
    if (running.remove(proc.instance.handle()) != null) {
      hear(new Event.Exited(new Exit(proc.instance, "signal 9")));
    }
  }

  @Nullable Proc any() {
    List<Proc> all = new ArrayList<>(running.values());
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  void hear(Event event) {
    for (Effect effect : supervisor.step(event, nowNs)) {
      begin(effect);
    }
  }

  private void begin(Effect effect) {
    switch (effect) {
      case Effect.Publish(FleetView view, Tally tally) -> judge.accept(view);
      case Effect.Start(long id, Launch launch) -> inThisLife(ms(1, 50), () -> start(id, launch));
      case Effect.Abandon(long id) -> {}
      case Effect.Beat(long id, Instance instance) -> beat(id, instance);
      case Effect.Explain(long id, Instance instance) ->
          tell(ms(1, 20), new Event.Explained(id, "its last output: x"));
      case Effect.Halt(long id, Instance instance, var grace) -> halt(id, instance);
      case Effect.Save(long revision, FleetFile file) -> save(revision, file);
      case Effect.Reply(var to, FleetView view, var failure) -> {
        if (failure == null) {
          to.complete(view);
        } else {
          to.completeExceptionally(failure);
        }
      }
      case Effect.Tell(String line) -> {}
    }
  }

  private void start(long id, Launch launch) {
    if (chance(badStarts)) {
      tell(0, new Event.StartFailed(id, "no such program"));
      return;
    }
    for (Proc proc : running.values()) {
      if (proc.instance.name().equals(launch.name())) {
        throw new AssertionError("two processes named " + launch.name());
      }
    }
    String handle = "h" + handles++;
    Instance instance =
        new Instance(launch.name(), handle, InetSocketAddress.createUnresolved("world", 1));
    long bootNs = chance(badStarts) ? Long.MAX_VALUE / 2 : ms(20, 2000);
    Proc proc = new Proc(instance, nowNs + bootNs);
    running.put(handle, proc);
    if (chance(badStarts)) {
      later(ms(0, 1000), () -> kill(proc));
    }
    tell(ms(0, 5), new Event.Started(id, instance));
  }

  private void beat(long id, Instance instance) {
    Proc proc = running.get(instance.handle());
    if (proc == null || nowNs < proc.listensNs) {
      tell(MS, new Event.Seen(id, new Sign.Missed(Sign.Cause.REFUSED)));
      return;
    }
    switch (proc.mood) {
      case FINE -> tell(ms(1, 5), new Event.Seen(id, new Sign.Answered(200)));
      case ERRING -> tell(ms(1, 5), new Event.Seen(id, new Sign.Answered(503)));
      case HUNG -> tell(S, new Event.Seen(id, new Sign.Missed(Sign.Cause.TIMED_OUT)));
      case SLOW -> {
        tell(S, new Event.Seen(id, new Sign.Missed(Sign.Cause.TIMED_OUT)));
        tell(S + ms(1, 900), new Event.Seen(id, new Sign.Late()));
      }
    }
  }

  private void halt(long id, Instance instance) {
    Proc proc = running.get(instance.handle());
    boolean stuck = proc != null && proc.mood == Mood.HUNG;
    later(
        stuck ? settings.stopGrace().toNanos() : ms(1, 300),
        () -> {
          running.remove(instance.handle());
        });
    tell(stuck ? settings.stopGrace().toNanos() : 301 * MS, new Event.Stopped(id));
  }

  private void save(long revision, FleetFile file) {
    long ns = ms(1, 30);
    if (chance(badWrites)) {
      tell(ns, new Event.SaveFailed(revision, "no space left on device"));
      return;
    }
    inThisLife(
        ns,
        () -> {
          disk = file.toBytes();
          hear(new Event.Saved(revision));
        });
  }

  private long ms(int low, int high) {
    return between(low, high) * MS;
  }

  private void tell(long ns, Event event) {
    inThisLife(ns, () -> hear(event));
  }

  /// What Ringmaster does itself ends when it dies.
  private void inThisLife(long ns, Runnable deed) {
    int now = life;
    later(
        ns,
        () -> {
          if (now == life) {
            deed.run();
          }
        });
  }

  private void later(long ns, Runnable deed) {
    agenda.add(new Due(nowNs + ns, order++, deed));
  }
}
