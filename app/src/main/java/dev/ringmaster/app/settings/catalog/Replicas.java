package dev.ringmaster.app.settings.catalog;

import dev.ringmaster.fleet.fixed.Target;
import dev.ringmaster.fleet.process.ArgumentVector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What runs, how many of it, and how it is stopped.
public final class Replicas {
  private static final Duration DAY = Duration.ofDays(1);
  private static final String NAME = "[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}";
  private static final String NAME_EXPECTED =
      "a name of at most 63 letters, digits, '_', '.' and '-' that starts with a letter or digit";

  public static final Setting<Path> DATA =
      new Setting<>(
          "data",
          Scope.PROCESS,
          Kind.path(),
          "./data",
          "Directory for state and the output of replicas.");

  public static final Setting<String> SERVICE =
      new Setting<>(
          "service",
          Scope.PROCESS,
          Kind.text("NAME", NAME_EXPECTED, NAME),
          "web",
          "Name of the service.");

  public static final Setting<Integer> REPLICAS =
      new Setting<>(
          "replicas",
          Scope.SERVICE,
          Kind.whole(0, 65536),
          "3",
          "How many replicas to keep running.");

  public static final Setting<Integer> MAX_REPLICAS =
      new Setting<>(
          "max-replicas",
          Scope.SERVICE,
          Kind.whole(1, 65536),
          "256",
          "The most that may be asked for.");

  public static final Setting<Integer> SPARES =
      new Setting<>(
          "spares",
          Scope.SERVICE,
          Kind.whole(0, 65536),
          "0",
          "Replicas kept warm to take an empty seat at once.");

  public static final Setting<String> RUNTIME =
      new Setting<>(
          "runtime",
          Scope.SERVICE,
          Kind.choice(List.of("process", "docker", "static")),
          null,
          "What runs replicas: static if targets are given, docker if an image is, else process.");

  public static final Setting<ArgumentVector> COMMAND =
      new Setting<>(
          "command",
          Scope.SERVICE,
          Kind.parsed("'PROG ARGS'", "a program and its arguments", ArgumentVector::parse),
          null,
          "Starts a replica; {port}, {name}, {id} are filled in, and PORT and SERVER_ID set in its"
              + " environment. Never given to a shell. Without it the bundled server runs.");

  public static final Setting<String> IMAGE =
      new Setting<>(
          "image",
          Scope.SERVICE,
          Kind.word("IMAGE", "an image name"),
          null,
          "Image of a replica's container.");

  public static final Setting<Integer> CONTAINER_PORT =
      new Setting<>(
          "container-port",
          Scope.SERVICE,
          Kind.whole(1, 65535),
          "5000",
          "Port that the containers listen on.");

  public static final Setting<String> NETWORK =
      new Setting<>(
          "network", Scope.SERVICE, Kind.word("NAME", "a network name"), "net1", "Docker network.");

  public static final Setting<List<String>> TARGETS =
      new Setting<>(
          "targets",
          Scope.SERVICE,
          Kind.list(
              Kind.text("HOST:PORT", "a host and a port, perhaps with *weight", Target.FORM),
              "targets as host:port or host:port*weight",
              1,
              1024),
          null,
          "Servers that run already: watched and routed to, not started. A weight from 0 to 1 may"
              + " follow: 10.0.0.7:80*0.5.");

  public static final Setting<Boolean> CLASSIC_ANSWERS =
      new Setting<>(
          "classic-answers",
          Scope.SERVICE,
          Kind.yesNo(),
          null,
          "Turns a replica's 404 into the classic contract's 400; on for the bundled server.");

  public static final Setting<Duration> DRAIN_TIMEOUT =
      new Setting<>(
          "drain-timeout",
          Scope.SERVICE,
          Kind.duration(Duration.ZERO, DAY),
          "30s",
          "Time for requests to end.");

  public static final Setting<Duration> STOP_GRACE =
      new Setting<>(
          "stop-grace",
          Scope.SERVICE,
          Kind.duration(Duration.ZERO, DAY),
          "5s",
          "From asking to stop to force.");

  public static final Setting<Integer> KILL_BUDGET =
      new Setting<>(
          "kill-budget",
          Scope.SERVICE,
          Kind.whole(1, 65536),
          "1",
          "Hung replicas replaced at a time (or a tenth, if that is more; never the last one).");

  public static final Group GROUP =
      new Group(
          "Replicas",
          List.of(
              DATA,
              SERVICE,
              REPLICAS,
              MAX_REPLICAS,
              SPARES,
              RUNTIME,
              COMMAND,
              IMAGE,
              CONTAINER_PORT,
              NETWORK,
              TARGETS,
              CLASSIC_ANSWERS,
              DRAIN_TIMEOUT,
              STOP_GRACE,
              KILL_BUDGET));

  private Replicas() {}
}
