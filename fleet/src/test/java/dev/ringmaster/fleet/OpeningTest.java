package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.Opening.Place;
import dev.ringmaster.fleet.Opening.Sitting;
import dev.ringmaster.fleet.runtime.Instance;
import dev.ringmaster.fleet.store.FleetFile;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Who sits where when a fleet starts.
class OpeningTest {

  @Test
  void theFirstStartNamesThemInOrder() {
    Opening opening = open(3, null);
    assertThat(opening.desired()).isEqualTo(3);
    assertThat(opening.sittings())
        .containsExactly(
            new Sitting("S1", 0, null), new Sitting("S2", 1, null), new Sitting("S3", 2, null));
    assertThat(opening.places()).extracting(Place::ramping).containsOnly(false);
    assertThat(opening.places())
        .extracting(Place::label)
        .containsExactly("seat-0", "seat-1", "seat-2");
  }

  @Test
  void whoRunsKeepsItsSeatAndWhoEndedUnheardIsReplacedUnderANewName() {
    FleetFile file = file(3, false, sitters("S1", "S2", "S3"));
    Opening opening = open(3, file, "S1", "S3");
    assertThat(seated(opening, 0)).isEqualTo(new Sitting("S1", 0, running("S1")));
    assertThat(seated(opening, 2)).isEqualTo(new Sitting("S3", 2, running("S3")));
    assertThat(seated(opening, 1).name()).matches("S[0-9]{6}");
    assertThat(seated(opening, 1).instance()).isNull();
  }

  @Test
  void afterACleanStopTheOldNamesStartAgain() {
    Opening opening = open(3, file(3, false, sitters("a", "b", "c")).stopped());
    assertThat(opening.sittings()).extracting(Sitting::name).containsExactly("a", "b", "c");
  }

  @Test
  void nIsWhatWasCommandedLastUnlessTheSettingChanged() {
    FleetFile file = new FleetFile(5, 3, true, no(5), sitters("a", "b", "c", "d", "e"), List.of());
    assertThat(open(3, file).desired()).isEqualTo(5);
    assertThat(open(4, file).desired()).isEqualTo(4);
    assertThat(open(4, file).sittings()).hasSize(4);
  }

  @Test
  void whatShrinksLetsGoOfThoseThatDoNotRunFirst() {
    FleetFile file = new FleetFile(4, 4, false, no(4), sitters("a", "b", "c", "d"), List.of());
    Opening opening = open(2, file, "c", "d");
    assertThat(opening.sittings())
        .filteredOn(sitting -> sitting.seat() >= 0)
        .extracting(Sitting::name)
        .containsExactly("c", "d");
  }

  @Test
  void whatGrowsTakesTheLowestHolesAndThenNewSeatsThatRamp() {
    FleetFile file =
        new FleetFile(
            2, 2, true, no(3), List.of(new Sitter("a", 0), new Sitter("c", 2)), List.of());
    Opening opening = open(4, file);
    assertThat(opening.places())
        .extracting(Place::ramping)
        .containsExactly(false, false, false, true);
    assertThat(opening.sittings()).extracting(Sitting::seat).containsExactlyInAnyOrder(0, 1, 2, 3);
  }

  @Test
  void whatNoSeatRemembersIsASpare() {
    FleetFile file = file(1, false, sitters("a"));
    Opening opening = open(1, file, "a", "stray");
    assertThat(opening.sittings()).contains(new Sitting("stray", Replica.SPARE, running("stray")));
  }

  @Test
  void aSeatOfTwoIsGivenToTheFirst() {
    FleetFile file =
        new FleetFile(
            1, 1, false, no(1), List.of(new Sitter("a", 0), new Sitter("b", 0)), List.of());
    Opening opening = open(1, file, "a", "b");
    assertThat(seated(opening, 0).name()).isEqualTo("a");
    assertThat(opening.sittings()).contains(new Sitting("b", Replica.SPARE, running("b")));
  }

  @Test
  void aCommandedWeightIsThatOfItsSeatAndOfNoHole() {
    List<SeatWeight> weights = List.of(new SeatWeight(0, 0.5, 1), new SeatWeight(1, 0.25, 1));
    FleetFile file = new FleetFile(1, 1, true, no(2), List.of(new Sitter("a", 0)), weights);
    assertThat(open(1, file).places()).extracting(Place::weight).containsExactly(0.5, 1.0);
  }

  @Test
  void aTargetsCommandedWeightHoldsAsLongAsTheSettingsGiveItTheSame() {
    FleetFile file =
        new FleetFile(
            2,
            2,
            false,
            no(2),
            List.of(new Sitter("a:1", 0), new Sitter("b:1", 1)),
            List.of(new SeatWeight(0, 0.5, 1), new SeatWeight(1, 0.125, 0.25)));
    List<Instance> targets = List.of(running("b:1"), running("a:1"), running("c:1"));
    Opening same = Opening.ofTargets(targets, file, i -> i.name().equals("b:1") ? 0.25 : 1);
    assertThat(same.places()).extracting(Place::weight).containsExactly(0.5, 0.125, 1.0);
    assertThat(same.places()).extracting(Place::given).containsExactly(1.0, 0.25, 1.0);
    Opening changed = Opening.ofTargets(targets, file, _ -> 0.75);
    assertThat(changed.places()).extracting(Place::weight).containsOnly(0.75);
    assertThat(Opening.ofTargets(targets, null, _ -> 1).kind()).isEqualTo(Opening.Kind.GIVEN);
  }

  @Test
  void targetsThatAreRememberedHaveTheirSeatsAndOthersTheHoles() {
    FleetFile file = file(3, false, List.of(new Sitter("a:1", 0), new Sitter("c:1", 2)));
    List<Instance> targets = List.of(running("d:1"), running("c:1"), running("e:1"));
    Opening opening = Opening.ofTargets(targets, file, _ -> 1);
    assertThat(opening.places()).extracting(Place::label).containsExactly("d:1", "e:1", "c:1");
    assertThat(opening.sittings()).extracting(Sitting::seat).containsExactly(0, 2, 1);
    Opening fewer = Opening.ofTargets(List.of(running("c:1")), file, _ -> 1);
    assertThat(fewer.places()).extracting(Place::label).containsExactly("seat-0", "seat-1", "c:1");
    assertThat(fewer.desired()).isEqualTo(1);
  }

  @Test
  void targetsOfWhichNoneIsRememberedSitInTheOrderOfTheirList() {
    FleetFile file = file(3, false, List.of(new Sitter("a:1", 2)));
    Opening opening = Opening.ofTargets(List.of(running("y:1"), running("x:1")), file, _ -> 1);
    assertThat(opening.places()).extracting(Place::label).containsExactly("y:1", "x:1");
  }

  private static Opening open(int replicas, @Nullable FleetFile file, String... running) {
    List<Instance> instances = List.of(running).stream().map(OpeningTest::running).toList();
    return Opening.of(FleetSettings.of("web", replicas), file, instances, new SplittableRandom(1));
  }

  private static Sitting seated(Opening opening, int seat) {
    return opening.sittings().stream().filter(s -> s.seat() == seat).findFirst().orElseThrow();
  }

  private static FleetFile file(int desired, boolean clean, List<Sitter> sitters) {
    return new FleetFile(desired, desired, clean, no(desired), sitters, List.of());
  }

  private static List<Boolean> no(int seats) {
    return Collections.nCopies(seats, false);
  }

  private static List<Sitter> sitters(String... names) {
    List<Sitter> sitters = new ArrayList<>();
    for (String name : names) {
      sitters.add(new Sitter(name, sitters.size()));
    }
    return sitters;
  }

  private static Instance running(String name) {
    return new Instance(name, "handle of " + name, InetSocketAddress.createUnresolved("host", 1));
  }
}
