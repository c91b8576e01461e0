package dev.ringmaster.fleet;

import dev.ringmaster.fleet.plan.Names;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Who sits where when a fleet starts: what the file remembers, joined with what runs.
///
/// @param desired N
/// @param places the seats, holes included
/// @param sittings in the order in which they were added
/// @param kind whether the replicas are started and stopped
record Opening(int desired, List<Place> places, List<Sitting> sittings, Kind kind) {

  /// Who rules over the replicas' lives.
  enum Kind {
    /// Ringmaster starts and stops them.
    RUN,
    /// They are given: Ringmaster watches them.
    GIVEN
  }

  /// A seat or a hole.
  ///
  /// @param ramping whether it has never been full
  /// @param given its weight according to the settings, 0 to 1
  /// @param weight its weight as commanded last, or as given
  record Place(String label, boolean ramping, double given, double weight) {}

  /// One replica and its seat, or [Replica#SPARE]. It runs already, or is to be started.
  record Sitting(String name, int seat, @Nullable Instance instance) {}

  /// The opening of a fleet of given targets. Those that the file knows have the seats that they
  /// had, the others take the holes between, then seats behind the last; if it knows none, the
  /// seats are those of the list.
  ///
  /// @param kept what the file remembers; null at the first start
  /// @param given the weight of a target according to the settings
  static Opening ofTargets(
      List<Instance> targets, @Nullable FleetFile kept, ToDoubleFunction<Instance> given) {
    BitSet taken = new BitSet();
    Map<String, Integer> seats = new HashMap<>();
    for (Instance target : targets) {
      int seat = kept == null ? Replica.SPARE : seatOf(target.name(), kept);
      if (seat >= 0 && !taken.get(seat)) {
        taken.set(seat);
        seats.put(target.name(), seat);
      }
    }
    List<Place> places = new ArrayList<>();
    List<Boolean> ramping = kept == null || seats.isEmpty() ? List.of() : kept.ramping();
    for (int seat = 0; seat < ramping.size(); seat++) {
      places.add(new Place(labelOf(seat), ramping.get(seat), 1, 1));
    }
    List<Sitting> sittings = new ArrayList<>();
    for (Instance target : targets) {
      Integer remembered = seats.get(target.name());
      int seat = remembered == null ? taken.nextClearBit(0) : remembered;
      taken.set(seat);
      double weight = given.applyAsDouble(target);
      boolean ramps = seat < ramping.size() && ramping.get(seat);
      double commanded = remembered == null ? weight : weightOf(seat, weight, kept);
      Place place = new Place(target.name(), ramps, weight, commanded);
      if (seat < places.size()) {
        places.set(seat, place);
      } else {
        places.add(place);
      }
      sittings.add(new Sitting(target.name(), seat, target));
    }
    return new Opening(targets.size(), places, sittings, Kind.GIVEN);
  }

  /// The seat that a replica of this name had, or [Replica#SPARE].
  private static int seatOf(String name, FleetFile kept) {
    for (Sitter sitter : kept.replicas()) {
      if (sitter.name().equals(name)) {
        return sitter.seat();
      }
    }
    return Replica.SPARE;
  }

  /// The weight that was commanded for a seat, if the settings still give it what they gave it
  /// then.
  private static double weightOf(int seat, double given, @Nullable FleetFile kept) {
    if (kept != null) {
      for (SeatWeight weight : kept.weights()) {
        if (weight.seat() == seat && weight.given() == given) {
          return weight.weight();
        }
      }
    }
    return given;
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
    FleetFile file = kept == null ? first(settings.prefix(), settings.replicas()) : kept;
    Joining joining = new Joining(settings.prefix(), file, running, random);
    joining.seatWhatIsRemembered();
    int desired = file.configured() == settings.replicas() ? file.desired() : settings.replicas();
    desired = Math.min(desired, settings.maxReplicas());
    joining.growTo(desired);
    joining.shrinkTo(desired);
    joining.keepTheRestAsSpares();
    List<Place> places = new ArrayList<>();
    for (int seat = 0; seat < joining.ramping.size(); seat++) {
      double weight = joining.open.get(seat) ? weightOf(seat, 1, file) : 1;
      places.add(new Place(labelOf(seat), joining.ramping.get(seat), 1, weight));
    }
    return new Opening(desired, places, joining.sittings, Kind.RUN);
  }

  static String labelOf(int seat) {
    return "seat-" + seat;
  }

  private static FleetFile first(String prefix, int replicas) {
    List<Sitter> sitters = new ArrayList<>();
    for (int seat = 0; seat < replicas; seat++) {
      sitters.add(new Sitter(prefix + (seat + 1), seat));
    }
    List<Boolean> ramping = Collections.nCopies(replicas, false);
    return new FleetFile(replicas, replicas, true, ramping, sitters, List.of());
  }

  private static final class Joining {
    private final String prefix;
    private final FleetFile file;
    private final LinkedHashMap<String, Instance> unseated = new LinkedHashMap<>();
    private final RandomGenerator random;
    private final Set<String> taken = new HashSet<>();
    private final BitSet open = new BitSet();
    private final List<Boolean> ramping;
    private final List<Sitting> sittings = new ArrayList<>();

    Joining(String prefix, FleetFile file, Collection<Instance> running, RandomGenerator random) {
      this.prefix = prefix;
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
      String name = Names.fresh(prefix, taken, random);
      taken.add(name);
      return name;
    }
  }
}
