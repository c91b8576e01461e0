package dev.ringmaster.fleet;

import dev.ringmaster.fleet.FleetControl.NotServing;
import dev.ringmaster.fleet.FleetControl.Refusal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The commands that are not yet answered: those that wait for their turn, those that wait for
/// replicas to serve, those that wait for a replica to leave its seat, and the rolling restart.
final class Orders {
  /// Commands that wait for their turn; more are refused. Each takes about one write to the disk.
  private static final int MAX_WAITING = 1024;

  private final Deque<Command> turns = new ArrayDeque<>();
  private final List<Start> starts = new ArrayList<>();
  private final Map<Long, CompletableFuture<FleetView>> handovers = new LinkedHashMap<>();
  private final Set<Long> unwell = new HashSet<>();
  private final List<Answer> answers = new ArrayList<>();
  private @Nullable Rollout rollout;

  /// An answer to be given; the failure is null if the command was done.
  record Answer(CompletableFuture<FleetView> to, @Nullable Exception failure) {}

  private record Start(CompletableFuture<FleetView> reply, Set<Long> missing) {}

  void take(Command command) {
    if (turns.size() == MAX_WAITING) {
      refuse(command, "too many commands wait; try again later");
    } else {
      turns.add(command);
    }
  }

  /// The command whose turn it is; null if there is none.
  @Nullable Command next() {
    return turns.poll();
  }

  void refuse(Command command, String why) {
    answers.add(new Answer(command.reply(), new Refusal(why)));
  }

  void done(Command command) {
    answers.add(new Answer(command.reply(), null));
  }

  /// Answers when all of these serve, or one of them is lost.
  void awaitServing(CompletableFuture<FleetView> reply, Collection<Long> members) {
    if (members.isEmpty()) {
      answers.add(new Answer(reply, null));
    } else {
      starts.add(new Start(reply, new HashSet<>(members)));
    }
  }

  /// Answers when this one has left its seat, or no successor can be started.
  void awaitHandover(CompletableFuture<FleetView> reply, long member) {
    handovers.put(member, reply);
  }

  /// This one is to be replaced although nobody commanded it, unless it recovers first.
  void replaceUnwell(long member) {
    unwell.add(member);
  }

  /// This one has recovered.
  void recovered(long member) {
    unwell.remove(member);
  }

  boolean leaving(long member) {
    return handovers.containsKey(member)
        || unwell.contains(member)
        || (rollout != null && rollout.replaces(member));
  }

  void begin(Rollout restart) {
    rollout = restart;
  }

  /// The rolling restart under way; null if there is none.
  @Nullable Rollout rollout() {
    return rollout;
  }

  void rolloutDone() {
    if (rollout != null) {
      answers.add(new Answer(rollout.reply(), null));
      rollout = null;
    }
  }

  /// A new replica did not come up: a rolling restart ends here, and the rest stay.
  void stopRollout(String why) {
    if (rollout != null) {
      String told = "the rolling restart stopped after " + rollout.progress() + ": " + why;
      answers.add(new Answer(rollout.reply(), new NotServing(told)));
      rollout = null;
    }
  }

  void served(long member) {
    Iterator<Start> each = starts.iterator();
    while (each.hasNext()) {
      Start start = each.next();
      if (start.missing().remove(member) && start.missing().isEmpty()) {
        answers.add(new Answer(start.reply(), null));
        each.remove();
      }
    }
  }

  /// This one will never serve.
  void lost(long member, String why) {
    Iterator<Start> each = starts.iterator();
    while (each.hasNext()) {
      Start start = each.next();
      if (start.missing().contains(member)) {
        answers.add(new Answer(start.reply(), new NotServing(why)));
        each.remove();
      }
    }
  }

  void left(long member) {
    unwell.remove(member);
    if (rollout != null && rollout.replaces(member)) {
      rollout.replaced();
    }
    CompletableFuture<FleetView> reply = handovers.remove(member);
    if (reply != null) {
      answers.add(new Answer(reply, null));
    }
  }

  /// A replica that was to take over a seat will never serve.
  void successorLost(String why) {
    unwell.clear();
    Iterator<CompletableFuture<FleetView>> each = handovers.values().iterator();
    if (each.hasNext()) {
      answers.add(new Answer(each.next(), new NotServing("no successor, so it stays: " + why)));
      each.remove();
    }
  }

  /// Nothing will be done any more.
  void refuseAll(String why) {
    turns.forEach(command -> refuse(command, why));
    turns.clear();
    starts.forEach(start -> answers.add(new Answer(start.reply(), new NotServing(why))));
    starts.clear();
    handovers.values().forEach(reply -> answers.add(new Answer(reply, new NotServing(why))));
    handovers.clear();
    unwell.clear();
    stopRollout(why);
  }

  /// The answers that came up since the last call.
  List<Answer> answers() {
    List<Answer> all = List.copyOf(answers);
    answers.clear();
    return all;
  }
}
