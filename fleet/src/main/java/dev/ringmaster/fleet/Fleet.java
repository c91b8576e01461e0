package dev.ringmaster.fleet;

import dev.ringmaster.fleet.fixed.Given;
import dev.ringmaster.fleet.health.Heartbeat;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import dev.ringmaster.fleet.store.DataDirectory;
import dev.ringmaster.fleet.store.DataDirectory.Unusable;
import dev.ringmaster.fleet.store.FleetFile;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The replicas of one service, kept at N.
///
/// One thread runs the [Supervisor], which decides everything, and publishes what others may know
/// by one volatile write. Whatever may block runs beside it on virtual threads, side by side, and
/// comes back through the mailbox.
public final class Fleet implements FleetControl, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Fleet.class);

  /// Commands that lie unread; more are refused.
  private static final int COMMAND_ROOM = 1 << 14;

  /// Reports of the data path that lie unread; more are dropped, since the next ones say the same.
  private static final int REPORT_ROOM = 1 << 10;

  /// The supervisor looks up at least this often.
  private static final long IDLE_NS = TimeUnit.SECONDS.toNanos(1);

  /// What stopping may take beyond draining and grace.
  private static final long CLOSE_SLACK_NS = TimeUnit.SECONDS.toNanos(30);

  /// A runtime that does not answer, such as an engine that restarts, is asked to stop a replica
  /// this often.
  private static final int HALT_TRIES = 5;

  private static final long HALT_PAUSE_NS = TimeUnit.SECONDS.toNanos(2);

  /// What is told of a replica that failed.
  private static final int LAST_LINES = 5;

  private final FleetSettings settings;
  private final ReplicaRuntime runtime;
  private final DataDirectory data;
  private final LongSupplier nanoClock;
  private final long startNs;
  private final Supervisor supervisor;
  private final Thread thread;
  private final Mailbox<Event> mailbox;
  private final Map<Long, Thread> starting = new ConcurrentHashMap<>();
  private final Movement movement;
  private final CompletableFuture<FleetView> ready;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private volatile Published published;

  /// What others may know, whole.
  private record Published(FleetView view, Tally tally) {}

  private Fleet(
      FleetSettings settings,
      ReplicaRuntime runtime,
      DataDirectory data,
      LongSupplier nanoClock,
      Beginning beginning) {
    this.settings = settings;
    this.runtime = runtime;
    this.data = data;
    this.nanoClock = nanoClock;
    this.startNs = nanoClock.getAsLong();
    this.supervisor = beginning.supervisor();
    this.ready = beginning.ready();
    this.published = new Published(supervisor.view(), Tally.NONE);
    this.movement = new Movement(supervisor.view().table());
    this.thread =
        Thread.ofPlatform().name("fleet-" + settings.service()).daemon().unstarted(this::run);
    this.mailbox = new Mailbox<>(thread);
  }

  private record Beginning(Supervisor supervisor, CompletableFuture<FleetView> ready) {}

  /// Adopts what an earlier Ringmaster left running, and starts what is missing. Returns at once;
  /// see [#ready].
  ///
  /// @param nanoClock a clock like [System#nanoTime]
  /// @throws Unusable if the fleet's file cannot be read
  /// @throws dev.ringmaster.ring.RingFullException if the scheme cannot hold all replicas
  public static Fleet start(
      FleetSettings settings,
      ReplicaRuntime runtime,
      DataDirectory data,
      LongSupplier nanoClock,
      RandomGenerator random)
      throws Unusable {
    FleetFile kept = read(data, fileName(settings, runtime));
    // An adopted replica may end before there is a fleet to hear of it.
    CompletableFuture<Fleet> listening = new CompletableFuture<>();
    runtime.onExit(exit -> {
      var _ = listening.thenAccept(fleet -> fleet.mailbox.post(new Event.Exited(exit)));
    });
    List<Instance> running = runtime.adopt();
    Opening opening =
        runtime.fixed()
            ? Opening.ofTargets(running, kept, runtime::weight)
            : Opening.of(settings, kept, running, random);
    CompletableFuture<FleetView> ready = new CompletableFuture<>();
    Supervisor supervisor = new Supervisor(settings, opening, Instant.now(), random, ready);
    Fleet fleet = new Fleet(settings, runtime, data, nanoClock, new Beginning(supervisor, ready));
    fleet.mailbox.post(new Event.Tick());
    fleet.thread.start();
    listening.complete(fleet);
    return fleet;
  }

  private static String fileName(FleetSettings settings, ReplicaRuntime runtime) {
    return runtime.fixed()
        ? FleetFile.nameForTargets(settings.service())
        : FleetFile.nameFor(settings.service());
  }

  private static @Nullable FleetFile read(DataDirectory data, String name) throws Unusable {
    try {
      byte[] bytes = data.read(name);
      return bytes == null ? null : FleetFile.parse(bytes);
    } catch (IOException e) {
      throw new Unusable(
          data.path().resolve(name)
              + " cannot be read: "
              + e.getMessage()
              + "; remove it to forget"
              + " the fleet",
          e);
    }
  }

  /// Ends when all replicas of the start serve; fails with [NotServing] when one does not.
  public CompletableFuture<FleetView> ready() {
    return ready;
  }

  /// Ends when the fleet has closed; fails if the supervisor broke down, which is a defect.
  public CompletableFuture<@Nullable Void> ended() {
    return ended;
  }

  @Override
  public FleetView view() {
    return published.view();
  }

  /// What the fleet has been through so far.
  public FleetStats stats() {
    Tally tally = published.tally();
    return new FleetStats(
        tally.restarts(),
        tally.kills(),
        tally.startsFailed(),
        tally.ejections(),
        tally.heals(),
        tally.recentHealsNs(),
        movement.last());
  }

  @Override
  public CompletableFuture<FleetView> add(int n, List<String> names) {
    return order(new Command.Add(n, List.copyOf(names), new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<FleetView> remove(int n, List<String> names) {
    return order(new Command.Remove(n, List.copyOf(names), new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<FleetView> drain(String name) {
    return order(new Command.Drain(name, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<FleetView> undrain(String name) {
    return order(new Command.Undrain(name, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<FleetView> weigh(String name, double weight) {
    return order(new Command.Weigh(name, weight, new CompletableFuture<>()));
  }

  @Override
  public CompletableFuture<FleetView> restart() {
    return order(new Command.Restart(new CompletableFuture<>()));
  }

  /// Watches these targets from now on, if the fleet is one of given targets. Those that stay keep
  /// their seats and all that is known of them; new ones take the seats of those that are gone, or
  /// seats of their own, and get traffic when they answer; those that are gone get no new request.
  ///
  /// Ends when the table has it. Fails with [Refusal], and then nothing was changed.
  public CompletableFuture<FleetView> retarget(List<Given> targets) {
    return order(new Command.Retarget(List.copyOf(targets), new CompletableFuture<>()));
  }

  private CompletableFuture<FleetView> order(Command command) {
    if (ended.isDone()) {
      command.reply().completeExceptionally(new Refusal("Ringmaster has stopped"));
    } else if (!mailbox.offer(new Event.Ordered(command), COMMAND_ROOM)) {
      command.reply().completeExceptionally(new Refusal("too many commands wait"));
    }
    return command.reply();
  }

  @Override
  public void report(Replica replica, Symptom symptom) {
    mailbox.offer(new Event.Reported(replica, symptom), REPORT_ROOM);
  }

  /// Drains and stops all replicas, unless the settings leave them running; returns when they are
  /// gone, or after the drain timeout, the stop grace and some slack. Given targets run on and stay
  /// in the last view, so that what is under way to them goes on.
  @Override
  public void close() {
    mailbox.post(new Event.Closing());
    long limitNs =
        settings.drainTimeout().toNanos() + settings.stopGrace().toNanos() + CLOSE_SLACK_NS;
    try {
      ended.get(limitNs, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      log.error("the fleet of {} did not stop in time", settings.service());
    } catch (ExecutionException e) {
      log.error("the fleet of {} had broken down before it stopped", settings.service());
    }
    runtime.close();
  }

  private void run() {
    try {
      long nextNs = 0;
      while (!supervisor.finished()) {
        Event event = mailbox.take(Math.min(IDLE_NS, nextNs - nowNs()));
        if (event != null || nowNs() >= nextNs) {
          List<Effect> effects = supervisor.step(event == null ? new Event.Tick() : event, nowNs());
          effects.forEach(this::begin);
          nextNs = supervisor.nextStepNs();
        }
      }
      ended.complete(null);
    } catch (RuntimeException e) {
      log.error(
          "the supervisor of {} broke down; its replicas run on unwatched", settings.service(), e);
      ended.completeExceptionally(e);
    }
  }

  private long nowNs() {
    return nanoClock.getAsLong() - startNs;
  }

  private void begin(Effect effect) {
    switch (effect) {
      case Effect.Publish(FleetView view, Tally tally) -> {
        published = new Published(view, tally);
        movement.to(view.table());
      }
      case Effect.Start start -> begin(start);
      case Effect.Abandon(long id) -> abandon(id);
      case Effect.Beat beat -> beside("beat", () -> beat(beat));
      case Effect.Explain explain -> beside("explain", () -> explain(explain));
      case Effect.Halt halt -> beside("halt", () -> halt(halt));
      case Effect.Save save -> beside("save", () -> save(save));
      case Effect.Reply reply -> beside("reply", () -> reply(reply));
      case Effect.Tell(String line) -> log.info("{}: {}", settings.service(), line);
    }
  }

  private Thread beside(String what, Runnable work) {
    return Thread.ofVirtual().name(settings.service() + "-" + what).start(work);
  }

  private void begin(Effect.Start start) {
    Thread worker =
        Thread.ofVirtual().name(settings.service() + "-start").unstarted(() -> start(start));
    starting.put(start.id(), worker);
    worker.start();
  }

  private void abandon(long id) {
    Thread worker = starting.get(id);
    if (worker != null) {
      worker.interrupt();
    }
  }

  /// A runtime that breaks down must not take the supervision of the others with it.
  private void start(Effect.Start start) {
    Event outcome;
    try {
      outcome = new Event.Started(start.id(), runtime.start(start.launch()));
    } catch (StartFailure e) {
      outcome = new Event.StartFailed(start.id(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      outcome = new Event.StartFailed(start.id(), "its start was given up");
    } catch (RuntimeException e) {
      log.error("the runtime broke down at the start of {}", start.launch().name(), e);
      outcome = new Event.StartFailed(start.id(), e.toString());
    }
    starting.remove(start.id());
    mailbox.post(outcome);
  }

  private void beat(Effect.Beat beat) {
    Heartbeat.send(
        beat.instance().address(),
        settings.health(),
        sign -> mailbox.post(new Event.Seen(beat.id(), sign)));
  }

  private void explain(Effect.Explain explain) {
    StringBuilder text = new StringBuilder();
    try {
      text.append(runtime.diagnose(explain.instance()));
      List<String> lines = runtime.lastOutput(explain.instance(), LAST_LINES);
      if (!lines.isEmpty()) {
        text.append(text.isEmpty() ? "" : "; ").append("its last output: ");
        text.append(String.join(" | ", lines));
      }
    } catch (RuntimeException e) {
      log.error("the runtime cannot explain {}", explain.instance().name(), e);
    }
    mailbox.post(new Event.Explained(explain.id(), text.toString()));
  }

  private void halt(Effect.Halt halt) {
    boolean stopped = false;
    for (int i = 1; i <= HALT_TRIES && !stopped; i++) {
      stopped = stop(halt, i);
    }
    mailbox.post(new Event.Stopped(halt.id()));
  }

  /// Whether nothing is left to do; if not, some time has passed.
  private boolean stop(Effect.Halt halt, int attempt) {
    String name = halt.instance().name();
    try {
      runtime.stop(halt.instance(), halt.grace());
      return true;
    } catch (InterruptedException e) {
      return true;
    } catch (RuntimeException e) {
      log.warn("the runtime cannot stop {} (try {} of {})", name, attempt, HALT_TRIES, e);
      LockSupport.parkNanos(HALT_PAUSE_NS);
      return false;
    }
  }

  private void save(Effect.Save save) {
    try {
      data.write(fileName(settings, runtime), save.file().toBytes());
      mailbox.post(new Event.Saved(save.revision()));
    } catch (IOException e) {
      mailbox.post(new Event.SaveFailed(save.revision(), e.toString()));
    }
  }

  private static void reply(Effect.Reply reply) {
    Exception failure = reply.failure();
    if (failure == null) {
      reply.to().complete(reply.view());
    } else {
      reply.to().completeExceptionally(failure);
    }
  }
}
