package dev.ringmaster.gateway.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Replicas that answer each request with the number of their seat.
public final class NamedReplicas implements AutoCloseable {
  private final List<ScriptedReplica> replicas = new ArrayList<>();

  public NamedReplicas(int count) throws IOException {
    for (int seat = 0; seat < count; seat++) {
      replicas.add(ScriptedReplica.answering(Integer.toString(seat)));
    }
  }

  /// A fleet of all of them.
  public FakeFleet fleet() {
    return FakeFleet.at(replicas.stream().mapToInt(ScriptedReplica::port).toArray());
  }

  /// The seat that answered.
  public static int seat(String answer) {
    return Integer.parseInt(answer.substring(answer.indexOf("\r\n\r\n") + 4));
  }

  @Override
  public void close() throws IOException {
    for (ScriptedReplica replica : replicas) {
      replica.close();
    }
  }
}
