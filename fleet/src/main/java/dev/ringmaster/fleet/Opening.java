package dev.ringmaster.fleet;

import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Who sits where when a fleet starts: what the file remembers, joined with what runs.
///
/// @param desired N
/// @param labels a label for each seat
/// @param ramping for each seat, whether it has never been full
/// @param sittings in the order in which they were added
record Opening(int desired, List<String> labels, List<Boolean> ramping, List<Sitting> sittings) {

  /// One replica and its seat, or [Replica#SPARE]. It runs already, or is to be started.
  record Sitting(String name, int seat, @Nullable Instance instance) {}

  /// The opening of a fleet of given targets.
  static Opening ofTargets(List<Instance> targets) {
    List<String> labels = new ArrayList<>();
    List<Sitting> sittings = new ArrayList<>();
    for (Instance target : targets) {
      sittings.add(new Sitting(target.name(), labels.size(), target));
      labels.add(target.name());
    }
    return new Opening(labels.size(), labels, Collections.nCopies(labels.size(), false), sittings);
  }

  /// The opening of a fleet that Ringmaster runs.
  ///
  /// A replica that ended unheard is replaced under a new name; after a clean stop the old names
  /// start again.
  ///
  /// @param kept what the file remembers; null at the first start
  /// @param running what an earlier Ringmaster left running
  static Opening of(
      FleetSettings settings,
      @Nullable FleetFile kept,
      List<Instance> running,
      RandomGenerator random) {
    FleetFile file = kept == null ? first(settings.replicas()) : kept;
    Joining joining = new Joining(file, running, random);
    joining.seatWhatIsRemembered();
    int desired = file.configured() == settings.replicas() ? file.desired() : settings.replicas();
    desired = Math.min(desired, settings.maxReplicas());
    joining.growTo(desired);
    joining.shrinkTo(desired);
    joining.keepTheRestAsSpares();
    List<String> labels = new ArrayList<>();
    for (int seat = 0; seat < joining.ramping.size(); seat++) {
      labels.add(labelOf(seat));
    }
    return new Opening(desired, labels, joining.ramping, joining.sittings);
  }

  static String labelOf(int seat) {
    return "seat-" + seat;
  }

  private static FleetFile first(int replicas) {
    List<Sitter> sitters = new ArrayList<>();
    for (int seat = 0; seat < replicas; seat++) {
      sitters.add(new Sitter("S" + (seat + 1), seat));
    }
    return new FleetFile(replicas, replicas, true, Collections.nCopies(replicas, false), sitters);
  }

  private static final class Joining {
    private final FleetFile file;
    private final LinkedHashMap<String, Instance> unseated = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Set<String> taken = new HashSet<>();
    private final BitSet open = new BitSet();
    private final List<Boolean> ramping;
    private final List<Sitting> sittings = new ArrayList<>();

    Joining(FleetFile file, Collection<Instance> running, RandomGenerator random) {
      this.file = file;
      this.random = random;
      this.ramping = new ArrayList<>(file.ramping());
      for (Instance instance : running) {
        unseated.put(instance.name(), instance);
      }
      file.replicas().forEach(sitter -> taken.add(sitter.name()));
      taken.addAll(unseated.keySet());
    }

    void seatWhatIsRemembered() {
      for (Sitter sitter : file.replicas()) {
        Instance instance = unseated.remove(sitter.name());
        boolean seated = sitter.seat() >= 0 && !open.get(sitter.seat());
        if (seated) {
          open.set(sitter.seat());
          String name = instance != null || file.clean() ? sitter.name() : fresh();
          sittings.add(new Sitting(name, sitter.seat(), instance));
        } else if (instance != null) {
          sittings.add(new Sitting(sitter.name(), Replica.SPARE, instance));
        }
      }
    }

    void growTo(int desired) {
      while (open.cardinality() < desired) {
        int seat = open.nextClearBit(0);
        if (seat == ramping.size()) {
          ramping.add(true);
        }
        open.set(seat);
        Instance instance = takeUnseated();
        String name = instance == null ? fresh() : instance.name();
        sittings.add(new Sitting(name, seat, instance));
      }
    }

    /// The newest leave first, those that do not run before those that do.
    void shrinkTo(int desired) {
      for (boolean running : new boolean[] {false, true}) {
        for (int i = sittings.size() - 1; i >= 0 && open.cardinality() > desired; i--) {
          Sitting sitting = sittings.get(i);
          if (sitting.seat() >= 0 && (sitting.instance() != null) == running) {
            vacate(i);
          }
        }
      }
    }

    /// Takes a sitting off its seat; one that runs is a spare from then on.
    private void vacate(int index) {
      Sitting sitting = sittings.remove(index);
      open.clear(sitting.seat());
      if (sitting.instance() != null) {
        sittings.add(index, new Sitting(sitting.name(), Replica.SPARE, sitting.instance()));
      }
    }

    /// The planner lets those go that are too many.
    void keepTheRestAsSpares() {
      for (Instance instance : unseated.values()) {
        sittings.add(new Sitting(instance.name(), Replica.SPARE, instance));
      }
    }

    private @Nullable Instance takeUnseated() {
      return unseated.isEmpty() ? null : unseated.pollFirstEntry().getValue();
    }

    private String fresh() {
      String name = Names.fresh(taken, random);
      taken.add(name);
      return name;
    }
  }
}
