package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.ReplicaRuntime;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Runs each replica as a container: name = host name = network alias = the replica's name, no port
/// published. A replica is reached by its address on the network, from the host as from a container
/// on that network. Whatever a container wrote is kept by the engine, 10 MB at most.
///
/// An instance's handle is the container's id.
public final class DockerRuntime implements ReplicaRuntime {
  private static final Map<String, String> LOG_BOUND = Map.of("max-size", "5m", "max-file", "2");

  /// How long a container may take to end on request; a longer grace is cut to this.
  private static final Duration MAX_GRACE = Duration.ofMinutes(10);

  /// How often a start is tried again after what stood in its way was put right.
  private static final int MENDS = 2;

  private final DockerSettings settings;
  private final Engine engine;
  private final Network network;
  private final Containers containers;

  private DockerRuntime(DockerSettings settings, Engine engine) {
    this.settings = settings;
    this.engine = engine;
    this.network = new Network(engine.quick(), settings);
    this.containers = new Containers(engine, settings);
  }

  /// Connects to the engine, checks that the image is there and provides the network.
  ///
  /// @throws StartFailure if one of them fails; the message says what to do
  public static DockerRuntime connect(DockerSettings settings) throws StartFailure {
    Engine engine = Engine.at(settings.engine());
    DockerRuntime runtime = new DockerRuntime(settings, engine);
    try {
      runtime.checkImage();
      runtime.network.provide();
      return runtime;
    } catch (DockerException refused) {
      engine.close();
      throw new StartFailure(
          "the network " + settings.network() + " cannot be had: " + Engine.reason(refused),
          refused);
    } catch (StartFailure missing) {
      engine.close();
      throw missing;
    }
  }

  @Override
  public void onExit(Consumer<Exit> listener) {
    containers.watch(listener);
  }

  @Override
  public List<Instance> adopt() {
    List<Instance> adopted = new ArrayList<>();
    for (Container container : containers.list()) {
      if (Containers.isAlive(container)) {
        containers.alive(instance(containers.inspect(container.getId())));
      } else {
        containers.remove(container.getId());
      }
    }
    containers.forEachAlive(adopted::add);
    return adopted;
  }

  @Override
  public Instance start(Launch launch) throws StartFailure, InterruptedException {
    try {
      return run(launch.name(), create(launch, MENDS));
    } catch (DockerException refused) {
      throw new StartFailure(
          "Docker does not start " + launch.name() + ": " + Engine.reason(refused), refused);
    } catch (RuntimeException unanswered) {
      throw new StartFailure(engine.silence() + ", so " + launch.name() + " waits", unanswered);
    }
  }

  @Override
  public void stop(Instance instance, Duration grace) throws InterruptedException {
    Runnable told = containers.ending(instance);
    try {
      askToStop(instance.handle(), grace);
      containers.remove(instance.handle());
    } catch (RuntimeException unanswered) {
      containers.alive(instance);
      throw unanswered;
    }
    told.run();
  }

  private void askToStop(String id, Duration grace) {
    if (!grace.isPositive()) {
      return;
    }
    Duration bounded = grace.compareTo(MAX_GRACE) > 0 ? MAX_GRACE : grace;
    try {
      int seconds = (int) bounded.plusMillis(999).toSeconds();
      engine.patient().stopContainerCmd(id).withTimeout(seconds).exec();
    } catch (NotFoundException | NotModifiedException ended) {
      // It has ended by itself; what is left of it is removed next.
    }
  }

  @Override
  public List<String> lastOutput(Instance instance, int lines) {
    return containers.lastOutput(instance.handle(), lines);
  }

  @Override
  public String diagnose(Instance instance) {
    try {
      InspectContainerResponse container = containers.inspect(instance.handle());
      if (Boolean.TRUE.equals(container.getState().getPaused())) {
        return "its container is paused";
      }
      ExposedPort[] ports = container.getConfig().getExposedPorts();
      if (ports == null || ports.length == 0) {
        return "";
      }
      List<Integer> named = new ArrayList<>();
      for (ExposedPort port : ports) {
        named.add(port.getPort());
      }
      return named.contains(settings.containerPort())
          ? ""
          : "its image names port " + named.getFirst() + ": try --container-port";
    } catch (RuntimeException unknown) {
      return "";
    }
  }

  /// Also removes the network, if this fleet made it and nothing is on it any more.
  @Override
  public void close() {
    containers.close();
    try {
      network.withdraw();
    } catch (RuntimeException unanswered) {
      // An engine that is gone has no network to remove; one that comes back has it reused.
    }
    engine.close();
  }

  private void checkImage() throws StartFailure {
    try {
      engine.quick().inspectImageCmd(settings.image()).exec();
    } catch (NotFoundException missing) {
      throw noImage(missing);
    }
  }

  private StartFailure noImage(NotFoundException missing) {
    String image = settings.image();
    return new StartFailure(
        "the Docker engine has no image " + image + ": build it, or run docker pull " + image,
        missing);
  }

  /// Creates the container, after a leftover of this fleet that has its name was removed, or a
  /// network that was removed meanwhile was made again.
  private String create(Launch launch, int mends) throws StartFailure, InterruptedException {
    try {
      return containers.create(recipe(launch));
    } catch (ConflictException taken) {
      if (mends == 0 || !containers.removeLeftover(launch.name())) {
        String name = launch.name();
        throw new StartFailure(
            "a container that is not of this fleet has the name "
                + name
                + ": remove it (docker rm -f "
                + name
                + ") or choose another name",
            taken);
      }
      return create(launch, mends - 1);
    } catch (NotFoundException missing) {
      throw noImage(missing);
    }
  }

  private CreateContainerCmd recipe(Launch launch) {
    List<String> environment = new ArrayList<>();
    settings.environment().forEach((key, value) -> environment.add(key + "=" + value));
    environment.add("SERVER_ID=" + launch.serverId());
    environment.add("PORT=" + settings.containerPort());
    return engine
        .quick()
        .createContainerCmd(settings.image())
        .withName(launch.name())
        .withHostName(launch.name())
        .withAliases(launch.name())
        .withEnv(environment)
        .withLabels(Labels.ofContainer(settings))
        .withHostConfig(
            HostConfig.newHostConfig()
                .withNetworkMode(settings.network())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.LOCAL, LOG_BOUND)));
  }

  private Instance run(String name, String id) throws StartFailure, InterruptedException {
    try {
      startMending(id);
      InspectContainerResponse container = containers.inspect(id);
      if (!Boolean.TRUE.equals(container.getState().getRunning())) {
        throw endedAtOnce(name, container);
      }
      Instance instance = instance(container);
      containers.alive(instance);
      return instance;
    } catch (StartFailure | RuntimeException failed) {
      containers.discard(id);
      throw failed;
    }
  }

  private void startMending(String id) {
    try {
      engine.quick().startContainerCmd(id).exec();
    } catch (NotFoundException noNetwork) {
      network.provide();
      engine.quick().startContainerCmd(id).exec();
    }
  }

  private StartFailure endedAtOnce(String name, InspectContainerResponse container) {
    List<String> output = Output.last(engine.quick(), container.getId(), 5);
    return new StartFailure(
        name
            + " ended at once with exit code "
            + container.getState().getExitCodeLong()
            + (output.isEmpty()
                ? ", and wrote nothing"
                : "; it wrote: " + String.join(" | ", output)));
  }

  private Instance instance(InspectContainerResponse container) {
    String name = container.getName().substring(1);
    ContainerNetwork attached =
        container.getNetworkSettings().getNetworks().get(settings.network());
    String address = attached == null ? null : attached.getIpAddress();
    if (address == null || address.isEmpty()) {
      throw new IllegalStateException(name + " has no address on " + settings.network());
    }
    return new Instance(
        name,
        container.getId(),
        new InetSocketAddress(InetAddress.ofLiteral(address), settings.containerPort()));
  }
}
