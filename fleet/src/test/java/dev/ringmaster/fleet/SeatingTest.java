package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.Opening.Place;
import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import dev.ringmaster.ring.RingFullException;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeatingTest {

  @Test
  void aNewSeatIsTheLowestHoleAndElseOneMoreAtTheEnd() {
    Seating seating = seating(new Scheme.Seats(), 3);
    seating.close(1);
    seating.close(0);
    assertThat(seating.openLowest().number).isZero();
    assertThat(seating.openLowest().number).isEqualTo(1);
    assertThat(seating.openLowest().number).isEqualTo(3);
    assertThat(seating.table().roster().ramping(3)).isTrue();
    assertThat(seating.table().roster().ramping(0)).isFalse();
    assertThat(seating.table().roster().label(3)).isEqualTo("seat-3");
  }

  @Test
  void weighingChangesTheTableOnceOrNotAtAll() {
    Seating seating = seating(new Scheme.Seats(), 3);
    long version = seating.table().roster().version();
    assertThat(seating.weigh(_ -> Roster.FULL)).isTrue();
    assertThat(seating.table().roster().version()).isEqualTo(version + 1);
    assertThat(seating.weigh(_ -> Roster.FULL)).isFalse();
    assertThat(seating.inTable()).isEqualTo(3);
  }

  @Test
  void seatsWithoutAReplicaWeighNothing() {
    Seating seating = seating(new Scheme.Seats(), 3);
    seating.openAt(1).occupant = null;
    seating.close(2);
    seating.weigh(_ -> Roster.FULL);
    assertThat(seating.weightOf(0)).isEqualTo(Roster.FULL);
    assertThat(seating.weightOf(1)).isZero();
    assertThat(seating.weightOf(2)).isZero();
    assertThat(seating.open()).extracting(seat -> seat.number).containsExactly(0, 1);
  }

  @Test
  void onlyCommandedWeightsAreToBeRemembered() {
    Seating seating = seating(new Scheme.Seats(), 3);
    assertThat(seating.weights()).isEmpty();
    seating.openAt(2).weight = 0.25;
    assertThat(seating.weights()).containsExactly(new SeatWeight(2, 0.25, 1));
    assertThat(seating.weightBeside(2)).isEqualTo(2);
    assertThat(seating.weightBeside(0)).isEqualTo(1.25);
    seating.openAt(2).weight = 1;
    assertThat(seating.weights()).isEmpty();
  }

  @Test
  void aMemberSitsWhereTheSeatSaysSo() {
    Seating seating = seating(new Scheme.Seats(), 2);
    Member sits = member(1, 0);
    seating.openAt(0).occupant = sits;
    assertThat(seating.sits(sits)).isTrue();
    assertThat(seating.sits(member(2, 0))).isFalse();
  }

  @Test
  void aHoleIsNoSeat() {
    Seating seating = seating(new Scheme.Seats(), 1);
    seating.close(0);
    assertThat(seating.at(0)).isNull();
    assertThatThrownBy(() -> seating.openAt(0)).hasMessage("seat 0 is a hole");
  }

  @Test
  void aSchemeWithoutRoomSaysSoBeforeAndAfter() {
    Seating full = seating(Scheme.Classic.standard(), 56);
    full.requireRoom();
    assertThat(full.whyNoRoomFor(1)).contains("server 57 finds no slot");
    full.close(3);
    assertThat(full.whyNoRoomFor(1)).isNull();
    assertThatThrownBy(() -> seating(Scheme.Classic.standard(), 57).requireRoom())
        .isInstanceOf(RingFullException.class);
  }

  /// Seats that are all taken.
  private static Seating seating(Scheme scheme, int seats) {
    List<Place> places = new ArrayList<>();
    for (int seat = 0; seat < seats; seat++) {
      places.add(new Place("seat-" + seat, false, 1, 1));
    }
    Seating seating = new Seating(scheme, places);
    for (int number = 0; number < seats; number++) {
      Seat seat = seating.open(number, 1, 1);
      seat.occupant = member(number, number);
    }
    return seating;
  }

  private static Member member(long id, int seat) {
    return new Member(id, "S" + id, seat, new Load(), () -> {});
  }
}
