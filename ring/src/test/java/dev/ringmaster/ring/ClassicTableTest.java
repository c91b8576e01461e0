package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The vectors of the classic contract, section 3.
class ClassicTableTest {
  private static final int SLOTS = 512;

  @ParameterizedTest
  @CsvSource({
    "0,17",
    "1,20",
    "2,25",
    "3,32",
    "100000,337",
    "123456,145",
    "132574,81",
    "500000,81",
    "999999,16"
  })
  void aRequestIdHasItsSlot(long request, int slot) {
    assertThat(RequestHash.STANDARD.slot(request, SLOTS)).isEqualTo(slot);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0,25", "0,8,105", "1,0,26", "1,1,29", "1,8,106", "2,0,29", "2,1,32", "2,8,109", "3,0,34",
    "3,8,114"
  })
  void aVirtualServerWantsItsSlot(long server, int virtual, int slot) {
    assertThat(VirtualServerHash.STANDARD.slot(server, virtual, SLOTS)).isEqualTo(slot);
  }

  @ParameterizedTest
  @EnumSource(Probing.class)
  void threeServersStandWhereTheContractPutsThem(Probing probing) {
    ClassicTable table = scheme(probing).table(Rosters.full(3));
    assertThat(slotsOf(table, 0)).containsExactly(26, 29, 34, 41, 50, 61, 74, 89, 106);
    assertThat(slotsOf(table, 1)).containsExactly(30, 32, 37, 44, 53, 64, 77, 92, 109);
    assertThat(slotsOf(table, 2)).containsExactly(35, 38, 42, 49, 58, 69, 82, 97, 114);
  }

  @Test
  void eachServerHasItsShareOfTheResidues() {
    assertThat(shares(Rosters.full(3))).containsExactly(432, 24, 56);
  }

  @ParameterizedTest
  @CsvSource({"0,0,448,64", "1,448,0,64", "2,488,24,0"})
  void theLivingShareWhatADeadServerLeaves(int dead, int first, int second, int third) {
    assertThat(shares(Rosters.full(3).weighted(dead, 0))).containsExactly(first, second, third);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 8437/469/1094, 3618, 2.53",
    "4, 8203/469/1016/312, 3303, 3.28",
    "5, 7969/312/938/312/469, 2993, 3.98",
    "6, 7891/312/938/312/469/78, 2796, 4.73"
  })
  void tenThousandUniformRequestsAreExpectedToSpreadSo(
      int servers, String loads, double deviation, double maxOverMean) {
    Table table = Scheme.Classic.standard().table(Rosters.full(servers));
    long[] counts = new long[servers];
    for (long hash = 0; hash < 900_000; hash++) {
      counts[table.owner(hash)]++;
    }
    String[] expected = loads.split("/", -1);
    for (int seat = 0; seat < servers; seat++) {
      assertThat(counts[seat] / 90.0).isEqualTo(Double.parseDouble(expected[seat]), within(0.6));
    }
    Balance balance = Balance.of(counts);
    assertThat(balance.standardDeviation() / 90).isEqualTo(deviation, within(0.5));
    assertThat(balance.maxOverMean()).isEqualTo(maxOverMean, within(0.005));
  }

  @Test
  void quadraticProbingFailsAtServerForty() {
    Scheme scheme = scheme(Probing.QUADRATIC);
    Table full = scheme.table(Rosters.full(39));
    long print = full.fingerprint();
    assertThatThrownBy(() -> full.over(Rosters.full(40)))
        .isInstanceOf(RingFullException.class)
        .hasMessageContaining("server 40")
        .hasMessageContaining("quadratic");
    assertThat(full.fingerprint()).isEqualTo(print);
    assertThat(full.roster().live()).isEqualTo(39);
  }

  @Test
  void linearProbingFillsTheRingToTheLastServerThatFits() {
    Scheme scheme = scheme(Probing.LINEAR);
    assertThat(scheme.table(Rosters.full(56)).roster().live()).isEqualTo(56);
    assertThatThrownBy(() -> scheme.table(Rosters.full(57)))
        .isInstanceOf(RingFullException.class)
        .hasMessageContaining("server 57");
  }

  @Test
  void aFullRingStillAnswers() {
    Scheme eightSlots =
        new Scheme.Classic(8, 4, Probing.LINEAR, RequestHash.STANDARD, VirtualServerHash.STANDARD);
    ClassicTable table = (ClassicTable) eightSlots.table(Rosters.full(2));
    for (int slot = 0; slot < 8; slot++) {
      assertThat(table.seatIn(slot)).isBetween(0, 1);
    }
  }

  @Test
  void aDeathVacatesAllSlotsAndAReturnRestoresTheRing() {
    ClassicTable before = Scheme.Classic.standard().table(Rosters.full(3));
    ClassicTable without = (ClassicTable) before.over(before.roster().weighted(1, 0));
    assertThat(slotsOf(without, 1)).isEmpty();
    ClassicTable again = (ClassicTable) without.over(without.roster().weighted(1, Roster.FULL));
    for (int seat = 0; seat < 3; seat++) {
      assertThat(slotsOf(again, seat)).isEqualTo(slotsOf(before, seat));
    }
  }

  @ParameterizedTest
  @CsvSource({"0,100000", "899999,999999", "900000,100000", "-1,751615"})
  void aKeyHashStandsForASixDigitRequest(long hash, long request) {
    assertThat(ClassicTable.requestId(hash)).isEqualTo(request);
  }

  @Test
  void ownCoefficientsMoveTheSlots() {
    Scheme.Classic own =
        new Scheme.Classic(
            1000,
            2,
            Probing.LINEAR,
            new RequestHash(0, 7, -3),
            new VirtualServerHash(0, 0, 500, 10));
    ClassicTable table = own.table(Rosters.full(1));
    assertThat(slotsOf(table, 0)).containsExactly(10, 510);
    assertThat(own.request().slot(0, 1000)).isEqualTo(997);
    assertThat(own.request().slot(100_000, 1000)).isEqualTo(997);
  }

  @Test
  void impossibleParametersAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new Scheme.Classic(
                8, 9, Probing.LINEAR, RequestHash.STANDARD, VirtualServerHash.STANDARD))
        .withMessageContaining("virtual servers 9");
  }

  private static Scheme.Classic scheme(Probing probing) {
    return new Scheme.Classic(SLOTS, 9, probing, RequestHash.STANDARD, VirtualServerHash.STANDARD);
  }

  private static List<Integer> slotsOf(ClassicTable table, int seat) {
    List<Integer> slots = new ArrayList<>();
    int count = table.scheme().slots();
    for (int slot = 0; slot < count; slot++) {
      if (table.seatIn(slot) == seat) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static int[] shares(Roster roster) {
    ClassicTable table = Scheme.Classic.standard().table(roster);
    int[] shares = new int[roster.size()];
    for (long residue = 0; residue < SLOTS; residue++) {
      shares[table.ownerOfRequest(residue)]++;
    }
    return shares;
  }
}
