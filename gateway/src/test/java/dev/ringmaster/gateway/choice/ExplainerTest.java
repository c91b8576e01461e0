package dev.ringmaster.gateway.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Load;
import dev.ringmaster.fleet.Replica;
import dev.ringmaster.fleet.ReplicaState;
import dev.ringmaster.fleet.weight.Share;
import dev.ringmaster.gateway.heavy.HeavyWatch;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.retry.Failure;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.Table;
import dev.ringmaster.ring.hash.HashFunction;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Choosing and explaining agree.
class ExplainerTest {
  private static final KeyRule RULE = KeyRule.parse("header:X-User");
  private static final BoundedLoad BOUND = BoundedLoad.of("1.25", 4);

  private final Explainer explainer =
      new Explainer(
          "web", ServiceSettings.DEFAULT.withKey(RULE).withBound(BOUND), new HeavyWatch(), null);
  private final FakeFleet fleet = FakeFleet.at(1, 2, 3, 4);

  private static RequestFacts facts(String user) {
    return new RequestFacts("GET", "/x", Map.of("X-User", user), InetAddress.getLoopbackAddress());
  }

  @Test
  void aKeyGoesToItsOwner() {
    Explanation explanation = explainer.explain(fleet.view(), facts("anna"));
    assertThat(explanation.keySource()).isEqualTo("header:X-User");
    assertThat(explanation.hash()).isEqualTo(HashFunction.xxh3(0).hash("anna"));
    assertThat(explanation.candidates()).hasSize(3);
    assertThat(explanation.chosen()).isEqualTo(explanation.candidates().getFirst().seat());
    assertThat(explanation.spills()).isFalse();
    assertThat(explanation.why()).contains("its owner is replica S");
  }

  @Test
  void aFullOwnerSpillsToTheNextCandidate() {
    Explanation before = explainer.explain(fleet.view(), facts("anna"));
    for (int i = 0; i < 20; i++) {
      fleet.onSeat(before.chosen()).load().begin();
    }
    Explanation after = explainer.explain(fleet.view(), facts("anna"));
    assertThat(after.spills()).isTrue();
    assertThat(after.chosen()).isEqualTo(before.candidates().get(1).seat());
    assertThat(after.candidates().getFirst().full()).isTrue();
    assertThat(after.why())
        .contains("seat " + before.chosen() + ", is full with 20 of 7 requests in flight");
  }

  @Test
  void aKeyWhoseReplicasAreAllAtTheirLimitWaits() {
    Explainer limited =
        new Explainer(
            "web",
            explainer.settings().withConcurrency(new ConcurrencyLimit(2, 1, Duration.ofSeconds(1))),
            new HeavyWatch(),
            null);
    for (int seat = 0; seat < 4; seat++) {
      fleet.onSeat(seat).load().begin();
      fleet.onSeat(seat).load().begin();
    }
    Explanation explanation = limited.explain(fleet.view(), facts("anna"));
    assertThat(explanation.chosen()).isEqualTo(-1);
    assertThat(explanation.why()).contains("at its limit").contains("waits");
    assertThat(explanation.candidates()).allMatch(candidate -> candidate.cap() == 2);
    fleet.onSeat(3).load().end();
    assertThat(limited.explain(fleet.view(), facts("anna")).chosen()).isEqualTo(3);
  }

  @Test
  void aKeyThatIsAwayIsToldWhereItsHomeIsAndWhyItIsNotThere() {
    int home = explainer.explain(fleet.view(), facts("anna")).chosen();
    assertThat(explainer.explain(fleet.view(), facts("anna")).why()).doesNotContain("home");

    fleet.show(away(home, ReplicaState.SERVING, new Share(1, 1, Instant.EPOCH)));
    Explanation ejected = explainer.explain(fleet.view(), facts("anna"));
    assertThat(ejected.chosen()).isNotEqualTo(home);
    assertThat(ejected.why())
        .endsWith("; its home is seat " + home + ", whose replica Sx is ejected for a while");
    fleet.show(away(home, ReplicaState.PROBING, Share.FULL));
    assertThat(explainer.explain(fleet.view(), facts("anna")).why()).endsWith("Sx is starting");
    fleet.show(away(home, ReplicaState.SUSPECT, Share.FULL));
    assertThat(explainer.explain(fleet.view(), facts("anna")).why())
        .endsWith("Sx ejected for a while");
    fleet.show(away(home, ReplicaState.SERVING, new Share(1, 0.3, null)));
    assertThat(explainer.explain(fleet.view(), facts("anna")).why())
        .endsWith("Sx warms up and takes 30 % of its keys");
    fleet.show(away(home, ReplicaState.SERVING, new Share(0, 1, null)));
    assertThat(explainer.explain(fleet.view(), facts("anna")).why()).doesNotContain("home");
  }

  /// The fleet with another replica on one seat, whose weight is 0 for now.
  private FleetView away(int seat, ReplicaState state, Share share) {
    Replica there = fleet.onSeat(seat);
    List<@Nullable Replica> seats = new ArrayList<>(fleet.view().seats());
    seats.set(
        seat,
        new Replica(
            "Sx",
            seat,
            there.address(),
            state,
            new Load(),
            0,
            "ejected for a while",
            Instant.EPOCH,
            share));
    FleetView view = FakeFleet.viewOf(4, seats);
    Table table = view.table().over(view.table().roster().weighted(seat, 0));
    return new FleetView("web", 4, table, seats, view.replicas());
  }

  @Test
  void aReplicaThatWasTriedIsNotChosenAgain() {
    Chooser chooser = new Chooser(null);
    Tried tried = new Tried();
    for (int i = 0; i < 4; i++) {
      Replica chosen = Objects.requireNonNull(chooser.choose(fleet.view(), 42, tried));
      assertThat(tried.contains(chosen)).isFalse();
      tried.add(chosen, i == 0 ? Failure.REFUSED : Failure.BROKEN);
    }
    assertThat(chooser.choose(fleet.view(), 42, tried)).isNull();
    assertThat(tried.heard()).isEqualTo(3);
    tried.forgetRefused();
    assertThat(chooser.choose(fleet.view(), 42, tried)).isNotNull();
  }

  @Test
  void aFleetThatServesNothingIsSaidToDoSo() {
    FleetView empty = FakeFleet.viewOf(1, Collections.singletonList(null));
    Explanation explanation = explainer.explain(empty, facts("anna"));
    assertThat(explanation.chosen()).isEqualTo(-1);
    assertThat(explanation.why()).contains("no replica serves");
  }

  @Test
  void factsThatMakeNoRequestAreRefused() {
    var bad = new RequestFacts("GET", "/a b", Map.of(), InetAddress.getLoopbackAddress());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> explainer.explain(fleet.view(), bad))
        .withMessageContaining("no valid request");
  }
}
