package dev.ringmaster.queue;

import dev.ringmaster.queue.SimHistory.Tag;
import dev.ringmaster.queue.SimHistory.Weather;
import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import dev.ringmaster.queue.proof.SequenceOracle;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The replicas that messages are pushed to: they answer well or badly, late, or not at all.
final class SimHandlers {
  private final SimHistory history;
  private final Map<String, SimInstance> served = new HashMap<>();

  SimHandlers(SimHistory history) {
    this.history = history;
  }

  /// The courier of an instance.
  Courier of(String name) {
    return (parcel, ended) -> deliver(Objects.requireNonNull(served.get(name)), parcel, ended);
  }

  void serve(SimInstance instance) {
    served.put(instance.name, instance);
  }

  private void deliver(SimInstance from, Parcel parcel, Consumer<Outcome> ended) {
    boolean rough = history.weather == Weather.ROUGH;
    if (rough && history.world.chance(0.1)) {
      from.at(0, () -> ended.accept(new Outcome.Refused("none serves")));
      return;
    }
    Tag tag = Tag.of(parcel.message());
    SequenceOracle oracle = history.oracles.values().iterator().next();
    oracle.arrived(from.name, tag.key(), tag.n());
    double fate = rough ? history.world.random.nextDouble() : 1;
    long mostUs = fate < 0.1 ? TimeUnit.MILLISECONDS.toMicros(parcel.timeoutMs()) : 4000;
    history.world.soon(mostUs, () -> end(from, tag, fate, ended));
  }

  /// The replica's end of it; its word takes its time to come back.
  private void end(SimInstance from, Tag tag, double fate, Consumer<Outcome> ended) {
    SequenceOracle oracle = history.oracles.values().iterator().next();
    Outcome outcome = outcome(fate);
    if (!from.isAlive()) {
      return;
    }
    if (outcome instanceof Outcome.Answered(Answer answer, int _, long _)
        && answer.status() == 200) {
      oracle.handled(from.name, tag.key(), tag.n());
    } else {
      oracle.failed(from.name, tag.key(), tag.n());
    }
    from.at(history.world.pick(300_000), () -> ended.accept(outcome));
  }

  private static Outcome outcome(double fate) {
    if (fate < 0.1) {
      return new Outcome.Broken("the answer did not come in time");
    }
    if (fate < 0.2) {
      return answered(503, -1);
    }
    if (fate < 0.23) {
      return answered(429, 30);
    }
    return fate < 0.27 ? answered(400, -1) : answered(200, -1);
  }

  private static Outcome answered(int status, long retryAfterMs) {
    return new Outcome.Answered(new Answer(status, new byte[0], new byte[0], 0), 0, retryAfterMs);
  }
}
