package dev.ringmaster.fleet;

import dev.ringmaster.fleet.Seating.Seat;
import dev.ringmaster.fleet.fixed.Given;
import dev.ringmaster.fleet.runtime.Instance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Other targets for a fleet of given ones, while it runs.
///
/// A target that stays keeps its seat, its health and its load, so that only keys of targets that
/// come or go move. One whose host has another address by now is another server on the same seat.
/// Those that come sit on the seats of those that go, each on its own old one if that is free.
final class Retargeting {
  private final Crew crew;
  private final Life life;

  Retargeting(Crew crew, Life life) {
    this.crew = crew;
    this.life = life;
  }

  /// Why the scheme cannot hold these; null if it can.
  @Nullable String refusal(List<Given> targets) {
    int more = targets.size() - crew.seating.open().size();
    return more > 0 ? crew.seating.whyNoRoomFor(more) : null;
  }

  void to(List<Given> targets, long nowNs) {
    Map<String, Given> coming = new LinkedHashMap<>();
    targets.forEach(target -> coming.put(target.name(), target));
    for (Seat seat : crew.seating.open()) {
      Member member = seat.occupant;
      Given target = member == null ? null : coming.remove(member.name);
      if (member != null && target != null) {
        stay(seat, member, target, nowNs);
      } else {
        leave(seat, member);
      }
    }
    List<Given> others = new ArrayList<>();
    for (Given target : coming.values()) {
      if (crew.seating.holeOf(target.name()) >= 0) {
        come(target, nowNs);
      } else {
        others.add(target);
      }
    }
    others.forEach(target -> come(target, nowNs));
    crew.changed();
  }

  private void stay(Seat seat, Member member, Given target, long nowNs) {
    seat.give(target.weight());
    Instance running = member.instance();
    if (running == null || !running.address().equals(target.instance().address())) {
      life.release(member, "its host has another address");
      sit(seat, target, nowNs);
    }
  }

  private void leave(Seat seat, @Nullable Member member) {
    crew.seating.close(seat.number);
    if (member != null) {
      life.effects().add(new Effect.Tell("target " + member.name + " is not given any more"));
      life.release(member, "not given any more");
    }
  }

  private void come(Given target, long nowNs) {
    life.effects().add(new Effect.Tell("target " + target.name() + " is new"));
    sit(crew.seating.openFor(target.name(), target.weight()), target, nowNs);
  }

  private void sit(Seat seat, Given target, long nowNs) {
    Member member = crew.enlist(target.name(), seat.number, nowNs);
    seat.occupant = member;
    life.adopt(member, target.instance());
  }
}
