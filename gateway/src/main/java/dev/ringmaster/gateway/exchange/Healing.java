package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.FleetControl;
import dev.ringmaster.fleet.FleetView;
import dev.ringmaster.fleet.Replica;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The exchanges of one service and event loop that have no replica left to try, while the fleet
/// may bring one back. They try again with each new view; their deadlines end the wait.
final class Healing {
  /// How often the view is looked at while somebody waits.
  private static final long LOOK_MS = 5;

  /// Looks after which all try again even if the view is the same: a replica that refused may have
  /// come back before the fleet noticed that it was gone.
  private static final int LOOKS_PER_WAKE = 50;

  private final EventLoop loop;
  private final FleetControl fleet;
  private final Upstreams upstreams;
  private Queue<Exchange> waiting = new ArrayDeque<>();
  private @Nullable FleetView seen;
  private @Nullable ScheduledFuture<?> nextLook;
  private int looks;

  Healing(EventLoop loop, FleetControl fleet, Upstreams upstreams) {
    this.loop = loop;
    this.fleet = fleet;
    this.upstreams = upstreams;
  }

  /// Whether waiting makes sense: a replica is on its way to serve, or one that is about to be
  /// found dead will be replaced. A fleet that is complete and serves nothing is not waited for.
  static boolean likely(FleetView view) {
    int seated = 0;
    for (Replica replica : view.replicas()) {
      switch (replica.state()) {
        case STARTING, PROBING, SERVING -> {
          return true;
        }
        case SUSPECT -> seated++;
        case DRAINING, GONE -> {}
      }
    }
    return seated < view.desired();
  }

  /// Lets an exchange wait; false if as many do already as may.
  boolean await(Exchange exchange, FleetView view, int most) {
    if (waiting.size() >= most) {
      return false;
    }
    waiting.add(exchange);
    if (nextLook == null) {
      seen = view;
      lookSoon();
    }
    return true;
  }

  /// An exchange waits no longer.
  void leave(Exchange exchange) {
    waiting.remove(exchange);
  }

  private void lookSoon() {
    nextLook = loop.schedule(this::look, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    Lane.guarded(this::wake);
    if (waiting.isEmpty()) {
      nextLook = null;
    } else {
      lookSoon();
    }
  }

  @SuppressWarnings("ReferenceEquality") // each view is one object; comparing values costs O(N)
  private void wake() {
    FleetView view = fleet.view();
    upstreams.follow(view);
    if (view != seen || ++looks >= LOOKS_PER_WAKE) {
      seen = view;
      looks = 0;
      Queue<Exchange> woken = waiting;
      waiting = new ArrayDeque<>();
      woken.forEach(exchange -> Lane.guarded(exchange::retryHealed));
    }
  }
}
