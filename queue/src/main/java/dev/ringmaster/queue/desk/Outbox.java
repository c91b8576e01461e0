package dev.ringmaster.queue.desk;

import dev.ringmaster.queue.commit.Committed;
import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Orders about messages that have been given out: collected in a turn, committed together, and
/// asked for again until the store has carried them out. Each may be asked for twice, since one
/// that has been carried out is [Effect.Gone] the second time.
final class Outbox {
  /// After a fault; the committer rests longer by itself.
  private static final long AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Tools tools;
  private final Alarms alarms;
  private List<Letter> letters = new ArrayList<>();
  private int underWay;

  /// @param orders carried out together: the end of a message, and what is to be kept with it
  /// @param then told the effect of the first, on the desk's thread
  private record Letter(List<Order> orders, Consumer<Effect> then) {}

  Outbox(Tools tools, Alarms alarms) {
    this.tools = tools;
    this.alarms = alarms;
  }

  void add(List<Order> orders, Consumer<Effect> then) {
    letters.add(new Letter(orders, then));
  }

  /// Whether all that was asked for is on disk.
  boolean isIdle() {
    return letters.isEmpty() && underWay == 0;
  }

  /// Sends what has been collected.
  void flush() {
    if (!letters.isEmpty()) {
      List<Letter> sent = letters;
      letters = new ArrayList<>();
      underWay++;
      send(sent);
    }
  }

  private void send(List<Letter> sent) {
    List<Order> orders = new ArrayList<>(sent.size());
    sent.forEach(letter -> orders.addAll(letter.orders));
    var _ =
        tools
            .committer()
            .submit(orders)
            .thenAccept(committed -> {
              tellOthers(sent, committed);
              tools.self().execute(() -> came(sent, committed));
            });
  }

  /// Still on the committer's thread, so that other desks hear in the order of the commits.
  private void tellOthers(List<Letter> sent, Committed committed) {
    if (committed instanceof Committed.Durable(List<Effect> effects)) {
      int at = 0;
      for (Letter letter : sent) {
        for (int i = 1; i < letter.orders.size(); i++) {
          tools.results().kept((Order.Append) letter.orders.get(i), effects.get(at + i));
        }
        at += letter.orders.size();
      }
    }
  }

  private void came(List<Letter> sent, Committed committed) {
    switch (committed) {
      case Committed.Durable(List<Effect> effects) -> {
        underWay--;
        int at = 0;
        for (Letter letter : sent) {
          letter.then.accept(effects.get(at));
          at += letter.orders.size();
        }
      }
      case Committed.Failed _ -> alarms.at(tools.clocks().nowNs() + AGAIN_NS, () -> send(sent));
    }
  }
}
