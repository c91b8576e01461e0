package dev.ringmaster.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BoundedLoadTest {
  private static final BoundedLoad QUARTER_MORE = BoundedLoad.of("1.25", 1);

  @Provide
  Arbitrary<Roster> rosters() {
    return Rosters.any();
  }

  @Example
  void fourEqualSeatsShareTenRequests() {
    assertThat(QUARTER_MORE.cap(9, 100, 400)).isEqualTo(4);
    assertThat(QUARTER_MORE.cap(0, 100, 400)).isEqualTo(1);
    assertThat(QUARTER_MORE.cap(15, 100, 400)).isEqualTo(5);
  }

  @Example
  void theFloorHoldsWhileLittleIsInFlight() {
    BoundedLoad floored = BoundedLoad.of("1.25", 16);
    assertThat(floored.cap(0, 1, 400)).isEqualTo(16);
    assertThat(floored.cap(99, 100, 400)).isEqualTo(32);
  }

  @Example
  void aDeadSeatTakesNothing() {
    assertThat(BoundedLoad.of("1.25", 16).cap(10, 0, 400)).isZero();
  }

  @Property
  void theCapIsExactForAnyArguments(
      @ForAll @IntRange(min = 1001, max = 32_000) int thousandths,
      @ForAll @IntRange int inFlight,
      @ForAll @IntRange(min = 1, max = Roster.FULL) int weight,
      @ForAll @LongRange(max = (long) Roster.FULL * Roster.MAX_SEATS) long others) {
    long total = Math.min(weight + others, (long) Roster.FULL * Roster.MAX_SEATS);
    BigInteger share =
        BigInteger.valueOf(thousandths)
            .multiply(BigInteger.valueOf(inFlight + 1L))
            .multiply(BigInteger.valueOf(weight));
    BigInteger divisor = BigInteger.valueOf(1000).multiply(BigInteger.valueOf(total));
    BigInteger ceiling =
        share
            .add(divisor)
            .subtract(BigInteger.ONE)
            .divide(divisor)
            .min(BigInteger.valueOf(Integer.MAX_VALUE));
    assertThat(new BoundedLoad(thousandths, 1).cap(inFlight, weight, total))
        .isEqualTo(ceiling.intValueExact());
  }

  @Property(tries = 100)
  void someSeatAlwaysHasRoomAndNoneGoesAboveItsCap(
      @ForAll("rosters") Roster roster,
      @ForAll @IntRange(min = 1001, max = 3000) int thousandths,
      @ForAll long seed) {
    BoundedLoad bound = new BoundedLoad(thousandths, 1);
    Table table = new Scheme.Seats().table(roster);
    SplittableRandom random = new SplittableRandom(seed);
    int[] inFlight = new int[roster.size()];
    int[] candidates = new int[roster.size()];
    for (int m = 0; m < 200 && roster.live() > 0; m++) {
      int count = table.candidates(random.nextLong(), candidates);
      int choice = bound.choose(candidates, count, roster, m, seat -> inFlight[seat]);
      assertThat(choice).isBetween(0, count - 1);
      int seat = candidates[choice];
      inFlight[seat]++;
      assertThat(inFlight[seat])
          .isLessThanOrEqualTo(bound.cap(m, roster.weight(seat), roster.totalWeight()));
    }
  }

  @Example
  void theOwnerIsChosenUntilItIsAtItsCapThenTheNextThenNone() {
    Roster roster = Rosters.full(4);
    int[] candidates = {2, 0};
    int[] inFlight = {0, 0, 3, 0};
    assertThat(choose(roster, candidates, inFlight, 11)).isZero();
    inFlight[2] = 4;
    assertThat(choose(roster, candidates, inFlight, 11)).isEqualTo(1);
    inFlight[0] = 4;
    assertThat(choose(roster, candidates, inFlight, 11)).isEqualTo(-1);
  }

  @Example
  void whatIsNoBoundIsRefused() {
    for (String factor : new String[] {"1", "0.5", "33", "1.2345", "much", ""}) {
      assertThatIllegalArgumentException()
          .as(factor)
          .isThrownBy(() -> BoundedLoad.of(factor, 1))
          .withMessageContaining("a load bound");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> BoundedLoad.of("1.25", 0));
  }

  private static int choose(Roster roster, int[] candidates, int[] inFlight, int total) {
    return QUARTER_MORE.choose(
        candidates, candidates.length, roster, total, seat -> inFlight[seat]);
  }
}
