package dev.ringmaster.fleet;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What may be asked of a fleet: the classic commands, and what the data path tells it. Safe to
/// call from any thread; nothing here blocks.
public interface FleetControl {

  /// The newest view.
  FleetView view();

  /// Adds `n` replicas, named as given and at random for the rest. Ends when all of them serve.
  ///
  /// The future fails with [Refusal], and then nothing was changed, or with [NotServing], and then
  /// N was raised but a new replica does not serve yet.
  CompletableFuture<FleetView> add(int n, List<String> names);

  /// Removes `n` replicas, the named ones and the rest at random. Ends when they are out of the
  /// table; they drain and stop after that.
  ///
  /// The future fails with [Refusal], and then nothing was changed.
  CompletableFuture<FleetView> remove(int n, List<String> names);

  /// Gives one replica's seat a new one: N stays. The new one starts first and takes the seat when
  /// it serves, so each key moves once; then the old one's requests end and it stops. A static
  /// target leaves the table at once and stays out until [#undrain].
  ///
  /// Ends when the replica is out of the table. Fails with [Refusal], or with [NotServing] if the
  /// new one does not start; then the old one stays.
  CompletableFuture<FleetView> drain(String name);

  /// Watches a drained static target again; it takes traffic when its heartbeat answers. Fails with
  /// [Refusal].
  CompletableFuture<FleetView> undrain(String name);

  /// Gives the seat of a replica another weight, which it keeps when its replica is replaced and
  /// when Ringmaster starts again: the part of a whole share of the keys that it takes.
  ///
  /// Ends when the table has it. Fails with [Refusal], for example where no seat would have any
  /// weight.
  ///
  /// @param weight 0 to 1
  CompletableFuture<FleetView> weigh(String name, double weight);

  /// Replaces every replica by a new one, one after another: each new one starts first and takes
  /// the seat when it serves, so that no seat is empty; then the old one's requests end and it
  /// stops. The next one waits until all seats serve and are warm. Spares are replaced at the
  /// beginning.
  ///
  /// Ends when all that were there have left the table. Fails with [Refusal], or with [NotServing]
  /// when a new one does not come up: then the rest stay as they are.
  CompletableFuture<FleetView> restart();

  /// Tells what the data path saw; heard soon, or dropped when there is too much to hear.
  void report(Replica replica, Symptom symptom);

  /// A command that was refused and changed nothing; the message says what was expected.
  final class Refusal extends Exception {
    public Refusal(String message) {
      super(message);
    }
  }

  /// A command that was taken, but whose replicas do not serve in time; the message says why.
  final class NotServing extends Exception {
    public NotServing(String message) {
      super(message);
    }
  }
}
