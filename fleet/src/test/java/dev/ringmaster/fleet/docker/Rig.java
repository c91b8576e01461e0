package dev.ringmaster.fleet.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.ringmaster.fleet.runtime.Exit;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.runtime.Launch;
import dev.ringmaster.fleet.runtime.StartFailure;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// A runtime on an engine, with a fleet, a network and names of its own; fails if something is left
// behind.
final class Rig implements AutoCloseable {
  static final String IMAGE = "ringmaster-test-replica";

  final String tag;
  final DockerSettings settings;
  final Engine engine;
  final List<Exit> exits = new CopyOnWriteArrayList<>();
  private final List<DockerRuntime> runtimes = new CopyOnWriteArrayList<>();

  Rig(Map<String, String> environment) throws StartFailure {
    tag = "t" + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt());
    settings =
        new DockerSettings(
            "web", tag, IMAGE, 5000, "net-" + tag, DockerSettings.ENGINE, environment);
    engine = Engine.at(DockerSettings.ENGINE);
  }

  /// Builds the image from this machine's own Java and the test classes, without a registry.
  static void buildImage() throws IOException, InterruptedException {
    Path here = Path.of("").toAbsolutePath();
    Path root = Files.exists(here.resolve("docker/test-base")) ? here : here.resolveSibling("");
    run(root, List.of(root.resolve("docker/test-base").toString()));
    String dockerfile =
        """
        FROM ringmaster-test-base
        COPY . /classes
        ENTRYPOINT ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", "/classes", \
        "dev.ringmaster.fleet.docker.TestReplica"]
        """;
    Path context = Files.createTempDirectory("image");
    Path classes = Files.createDirectories(context.resolve("dev/ringmaster/fleet/docker"));
    String own = "TestReplica.class";
    try (var bytes = TestReplica.class.getResourceAsStream(own)) {
      Files.write(classes.resolve(own), bytes.readAllBytes());
    }
    Files.writeString(context.resolve("Dockerfile"), dockerfile);
    run(root, List.of("docker", "build", "-q", "-t", IMAGE, context.toString()));
  }

  private static void run(Path directory, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + " ended with " + process.exitValue() + ": " + output);
    }
  }

  /// A runtime whose exits are kept.
  DockerRuntime connect() throws StartFailure {
    DockerRuntime runtime = DockerRuntime.connect(settings);
    runtimes.add(runtime);
    runtime.onExit(exits::add);
    return runtime;
  }

  Launch launch(String name) {
    return new Launch("web", name + "-" + tag, name);
  }

  DockerClient docker() {
    return engine.quick();
  }

  boolean exists(String container) {
    try {
      docker().inspectContainerCmd(container).exec();
      return true;
    } catch (NotFoundException none) {
      return false;
    }
  }

  boolean networkExists() {
    try {
      docker().inspectNetworkCmd().withNetworkId(settings.network()).exec();
      return true;
    } catch (NotFoundException none) {
      return false;
    }
  }

  /// What the replica says, or what keeps it from that.
  static String ask(Instance instance) {
    try (Socket socket = new Socket()) {
      socket.connect(instance.address(), 1000);
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException silent) {
      return silent.toString();
    }
  }

  @Override
  public void close() {
    Containers all = new Containers(engine, settings);
    all.list().forEach(container -> all.remove(container.getId()));
    runtimes.forEach(DockerRuntime::close);
    boolean left = networkExists();
    engine.close();
    if (left) {
      throw new IllegalStateException("the network " + settings.network() + " was left behind");
    }
  }
}
