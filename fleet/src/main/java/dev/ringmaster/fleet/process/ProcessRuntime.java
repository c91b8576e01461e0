package dev.ringmaster.fleet.process;

import dev.ringmaster.fleet.process.Records.Entry;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs each replica as a process of this machine with a port of its own.
///
/// A replica leads a session of its own where `setsid` exists, so Ctrl-C in Ringmaster's terminal
/// reaches Ringmaster alone, and what the replica starts is found and ended with it. It outlives a
/// Ringmaster that dies, and is found again by its record, or by its mark in the environment if
/// Ringmaster died before the record was written.
public final class ProcessRuntime implements ReplicaRuntime {
  private static final Logger log = LoggerFactory.getLogger(ProcessRuntime.class);

  /// Marks the processes that belong to a replica: `RINGMASTER_REPLICA=<directory>/<name>`.
  private static final String MARK = "RINGMASTER_REPLICA";

  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final File NOTHING = new File("/dev/null");

  /// An adopted process is no child, so its end is not told; it is looked for this often.
  private static final long LOOK_MS = 50;

  /// How often a process that was asked to end is looked at.
  private static final long END_MS = 5;

  /// What the kernel may take to end a process by force.
  private static final Duration FORCE = Duration.ofSeconds(5);

  private static final long BOUND_MS = 1_000;

  private final ArgumentVector command;
  private final Map<String, String> environment;
  private final Path directory;
  private final Records records;
  private final OutputFiles output;
  private final Ports ports;
  private final Map<String, Entry> living = new ConcurrentHashMap<>();

  /// How many ends were told and not yet tidied up after.
  private final AtomicInteger ending = new AtomicInteger();

  private final Thread bounder;
  private volatile Consumer<Exit> listener = exit -> {};

  /// A runtime whose replicas all run the same command.
  ///
  /// @param service whose replicas these are
  /// @param command what is run, with places for port, name and id
  /// @param environment added to Ringmaster's own; `PORT` and `SERVER_ID` come on top
  /// @param directory for the replicas' output and records; created if need be
  /// @throws IOException if the directory cannot be created
  public ProcessRuntime(
      String service, ArgumentVector command, Map<String, String> environment, Path directory)
      throws IOException {
    this(service, command, environment, directory, new Ports(RandomGenerator.getDefault()));
  }

  /// One of several runtimes that take their ports from one place, so that no two give the same
  /// port to a replica.
  public ProcessRuntime(
      String service,
      ArgumentVector command,
      Map<String, String> environment,
      Path directory,
      Ports ports)
      throws IOException {
    this.ports = ports;
    this.command = command;
    this.environment = Map.copyOf(environment);
    this.directory = Files.createDirectories(directory).toRealPath();
    this.records = new Records(this.directory, service);
    this.output = new OutputFiles(this.directory);
    this.bounder = Thread.ofVirtual().name("output-" + service).start(this::boundOutput);
  }

  @Override
  public void onExit(Consumer<Exit> exitListener) {
    listener = exitListener;
  }

  @Override
  public List<Instance> adopt() {
    Map<String, Entry> found = new LinkedHashMap<>();
    try {
      for (Entry entry : records.all()) {
        if (entry.process().alive()) {
          found.put(entry.name(), entry);
        } else {
          sweep(entry);
        }
      }
    } catch (IOException e) {
      log.warn("the records of running replicas cannot be read: {}", e.toString());
    }
    for (ProcessHandle handle : ProcessTree.marked(MARK + "=" + directory + "/")) {
      Entry entry = entryOf(handle);
      if (entry != null) {
        found.putIfAbsent(entry.name(), entry);
      }
    }
    List<Instance> instances = new ArrayList<>();
    for (Entry entry : found.values()) {
      ports.keep(entry.port());
      instances.add(live(entry));
      Thread.ofVirtual().name("watch-" + entry.name()).start(() -> lookForEnd(entry));
    }
    return instances;
  }

  /// What a marked process says of itself; null if it is not all there.
  private @Nullable Entry entryOf(ProcessHandle handle) {
    String prefix = markOf("");
    String name = null;
    int port = 0;
    for (String variable : ProcessTree.environment(handle)) {
      if (variable.startsWith(prefix)) {
        name = variable.substring(prefix.length());
      } else if (variable.matches("PORT=[0-9]{1,5}")) {
        port = Integer.parseInt(variable.substring("PORT=".length()));
      }
    }
    Pid process = Pid.of(handle.pid());
    return name == null || port == 0 || process == null ? null : new Entry(name, port, process);
  }

  @Override
  public Instance start(Launch launch) throws StartFailure, InterruptedException {
    int port = ports.take();
    try {
      List<String> words = command.fill(port, launch.name(), launch.serverId());
      requireProgram(words.getFirst());
      Process process = run(launch, words, port);
      Pid pid = Pid.of(process.pid());
      // A process that ended already is known by its id alone, long enough to tell of its end.
      Entry entry =
          new Entry(launch.name(), port, pid == null ? new Pid(process.pid(), "ended") : pid);
      Instance instance = live(entry);
      remember(entry);
      Thread.ofVirtual()
          .name("watch-" + launch.name())
          .start(() -> awaitEnd(process, entry, instance));
      return instance;
    } catch (StartFailure e) {
      ports.giveBack(port);
      throw e;
    }
  }

  private static void requireProgram(String program) throws StartFailure {
    if (program.indexOf('/') >= 0) {
      Path path = Path.of(program);
      if (!Files.exists(path)) {
        throw new StartFailure("the command's program " + program + " does not exist");
      }
      if (Files.isDirectory(path) || !Files.isExecutable(path)) {
        throw new StartFailure("the command's program " + program + " is not executable");
      }
      return;
    }
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, program);
      if (Files.isExecutable(candidate) && !Files.isDirectory(candidate)) {
        return;
      }
    }
    throw new StartFailure("the command's program '" + program + "' is not found in PATH");
  }

  private Process run(Launch launch, List<String> words, int port) throws StartFailure {
    List<String> argv = new ArrayList<>(words);
    SETSID.stream()
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .ifPresent(argv::addFirst);
    ProcessBuilder builder = new ProcessBuilder(argv).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("PORT", String.valueOf(port));
    builder.environment().put("SERVER_ID", launch.serverId());
    builder.environment().put(MARK, directory + "/" + launch.name());
    builder.redirectInput(NOTHING);
    builder.redirectOutput(writable(launch.name()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new StartFailure("the command cannot be run: " + e.getMessage(), e);
    }
  }

  /// A full disk takes the output, not the replica.
  private Redirect writable(String name) {
    Path file = output.of(name);
    try {
      output.forget(living.keySet());
      Files.writeString(file, "");
      return Redirect.appendTo(file.toFile());
    } catch (IOException e) {
      log.warn("the output of {} is not kept: {}", name, e.toString());
      return Redirect.DISCARD;
    }
  }

  private void remember(Entry entry) {
    try {
      records.write(entry);
    } catch (IOException e) {
      log.warn("the record of {} cannot be written: {}", entry.name(), e.toString());
    }
  }

  private Instance live(Entry entry) {
    living.put(entry.name(), entry);
    return new Instance(
        entry.name(),
        entry.process().handle(),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), entry.port()));
  }

  private void awaitEnd(Process process, Entry entry, Instance instance) {
    try {
      int code = process.waitFor();
      ended(entry, instance, reason(code));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /// The JDK gives 128 + n for a process that signal n ended, as shells do.
  private static String reason(int code) {
    return code > 128 && code <= 128 + 64 ? "signal " + (code - 128) : "exit code " + code;
  }

  private void lookForEnd(Entry entry) {
    Instance instance = live(entry);
    try {
      while (entry.process().alive()) {
        Thread.sleep(LOOK_MS);
      }
      ended(entry, instance, "ended (adopted: its exit code is not known)");
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void ended(Entry entry, Instance instance, String reason) {
    ending.incrementAndGet();
    try {
      listener.accept(new Exit(instance, reason));
      sweep(entry);
      living.remove(entry.name(), entry);
      ports.giveBack(entry.port());
    } finally {
      ending.decrementAndGet();
    }
  }

  /// Ends what outlived the process, and forgets it.
  private void sweep(Entry entry) {
    for (ProcessHandle orphan : ProcessTree.orphansOf(entry.process(), markOf(entry.name()))) {
      orphan.destroyForcibly();
    }
    try {
      records.remove(entry);
    } catch (IOException e) {
      log.warn("the record of {} cannot be removed: {}", entry.name(), e.toString());
    }
  }

  private String markOf(String name) {
    return MARK + "=" + directory + "/" + name;
  }

  @Override
  public void stop(Instance instance, Duration grace) throws InterruptedException {
    Pid root = Pid.parse(instance.handle());
    if (root == null || !root.alive()) {
      return;
    }
    ProcessTree.of(root).forEach(ProcessHandle::destroy);
    if (!gone(root, grace)) {
      ProcessTree.of(root).forEach(ProcessHandle::destroyForcibly);
      if (!gone(root, FORCE)) {
        log.error("process {} of {} does not end by force", root.pid(), instance.name());
      }
    }
    Entry entry = living.get(instance.name());
    if (entry != null && entry.process().equals(root)) {
      sweep(entry);
    }
  }

  private static boolean gone(Pid root, Duration limit) throws InterruptedException {
    long startNs = System.nanoTime();
    while (root.alive()) {
      if (System.nanoTime() - startNs >= limit.toNanos()) {
        return false;
      }
      Thread.sleep(END_MS);
    }
    return true;
  }

  @Override
  public List<String> lastOutput(Instance instance, int lines) {
    return output.tail(instance.name(), lines);
  }

  @Override
  public String diagnose(Instance instance) {
    Pid root = Pid.parse(instance.handle());
    if (root == null || !root.alive()) {
      return "";
    }
    SortedSet<Integer> listening = Listening.ports(ProcessTree.of(root));
    int port = instance.address().getPort();
    if (listening.contains(port)) {
      return "";
    }
    return listening.isEmpty()
        ? "it listens on no port; it should on " + port
        : "it listens on port "
            + words(listening)
            + ", not on "
            + port
            + " (use {port} in the command, or PORT from the environment)";
  }

  private static String words(SortedSet<Integer> listening) {
    List<String> words = listening.stream().map(String::valueOf).toList();
    return String.join(" and ", words);
  }

  private void boundOutput() {
    Set<String> failed = new HashSet<>();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(BOUND_MS);
        for (String name : living.keySet()) {
          bound(name, failed);
        }
      }
    } catch (InterruptedException e) {
      // The runtime was closed.
    }
  }

  private void bound(String name, Set<String> failed) {
    try {
      output.bound(name);
      failed.remove(name);
    } catch (IOException e) {
      if (failed.add(name)) {
        log.warn("the output of {} cannot be bounded: {}", name, e.toString());
      }
    }
  }

  @Override
  public void close() {
    bounder.interrupt();
    long startNs = System.nanoTime();
    while (ending.get() > 0 && System.nanoTime() - startNs < FORCE.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(END_MS));
    }
  }
}
