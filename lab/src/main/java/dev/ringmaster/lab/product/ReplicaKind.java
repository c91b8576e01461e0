package dev.ringmaster.lab.product;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What the replicas of an experiment are, and how one of them is killed.
public sealed interface ReplicaKind {

  /// The flags of `up` that start replicas of this kind.
  List<String> options();

  /// Finds a replica, so that the kill itself takes no time but its own.
  Blow aim(Ringmaster ringmaster, Status.ReplicaStatus victim) throws ProductFailure;

  /// A kill that is ready to be struck.
  interface Blow {
    /// Kills at once, without a chance to say goodbye.
    void strike() throws ProductFailure;
  }

  /// The bundled server as processes, killed by SIGKILL.
  record Processes() implements ReplicaKind {
    @Override
    public List<String> options() {
      return List.of("--runtime", "process");
    }

    @Override
    public Blow aim(Ringmaster ringmaster, Status.ReplicaStatus victim) throws ProductFailure {
      ProcessHandle process = ringmaster.replica(victim.port());
      return () -> {
        if (!process.destroyForcibly()) {
          throw new ProductFailure("cannot kill process " + process.pid());
        }
      };
    }
  }

  /// Containers of an image of the bundled server, killed by `docker kill`.
  record Containers(String image) implements ReplicaKind {
    private static final int KILL_LIMIT_SECONDS = 30;

    @Override
    public List<String> options() {
      return List.of("--runtime", "docker", "--image", image, "--classic-answers=true");
    }

    @Override
    public Blow aim(Ringmaster ringmaster, Status.ReplicaStatus victim) {
      return () -> kill(victim.name());
    }

    private static void kill(String container) throws ProductFailure {
      try {
        Process kill =
            new ProcessBuilder("docker", "kill", container)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(KILL_LIMIT_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
          throw new ProductFailure("docker kill " + container + " failed");
        }
      } catch (ProductFailure e) {
        throw e;
      } catch (IOException e) {
        throw new ProductFailure("cannot run docker kill " + container, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new ProductFailure("interrupted while killing " + container, e);
      }
    }
  }
}
