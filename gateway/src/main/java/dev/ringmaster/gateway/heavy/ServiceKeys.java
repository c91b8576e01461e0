package dev.ringmaster.gateway.heavy;

import dev.ringmaster.fleet.FleetControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The heavy keys of one service: what its loops count comes together here, and what follows from
/// it goes back to them as one immutable value.
final class ServiceKeys {
  private static final int TEXT_CHARS = 64;

  private final HeavySettings settings;
  private final FleetControl fleet;
  private final List<LoopKeys> loops = new CopyOnWriteArrayList<>();
  private final Map<Long, String> texts = new ConcurrentHashMap<>();
  private Heats heats = Heats.NONE;
  private volatile Spreads spreads = Spreads.NONE;

  /// A service whose keys are not counted yet.
  ///
  /// @param fleet whose seats share the requests
  ServiceKeys(HeavySettings settings, FleetControl fleet) {
    this.settings = settings;
    this.fleet = fleet;
  }

  @SuppressWarnings("ReferenceEquality") // a fleet is one object
  boolean serves(HeavySettings wanted, FleetControl by) {
    return settings.equals(wanted) && fleet.equals(by);
  }

  /// Whether no loop counts for it any more.
  boolean left() {
    return loops.isEmpty();
  }

  /// Another loop counts the service's keys.
  LoopKeys join(Executor loop) {
    LoopKeys keys = new LoopKeys(this, loop);
    loops.add(keys);
    return keys;
  }

  void leave(LoopKeys keys) {
    loops.remove(keys);
  }

  /// The heavy keys as they were at the last look, the hottest first.
  List<HeavyKey> keys() {
    return spreads.keys();
  }

  /// The heavy key of a hash, or null if it is none.
  @Nullable HeavyKey find(long hash) {
    return spreads.find(hash);
  }

  /// Over how many of its candidates a heavy key's requests go.
  int spread(HeavyKey heavy) {
    return settings.seats(heavy);
  }

  boolean shown() {
    return settings.shown();
  }

  void tell(long hash, String text) {
    if (texts.size() < Heats.MOST_KEYS) {
      texts.putIfAbsent(hash, shortened(text));
    }
  }

  /// Control characters and what is not ASCII are written as escapes; long texts are cut.
  private static String shortened(String text) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < TEXT_CHARS; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~' && c != '\\') {
        shown.append(c);
      } else {
        shown.append(String.format("\\u%04x", (int) c));
      }
    }
    return text.length() > TEXT_CHARS ? shown + "…" : shown.toString();
  }

  /// Looks at what was counted since the last look. For one thread.
  void look(double seconds) {
    List<Summary> counted = new ArrayList<>();
    for (LoopKeys loop : loops) {
      Summary summary = summary(loop);
      if (summary != null) {
        counted.add(summary);
      }
    }
    int seats = fleet.view().table().roster().live();
    heats = heats.next(counted, seconds, seats);
    List<HeavyKey> heavy = new ArrayList<>();
    heats
        .keys()
        .forEach((hash, heat) -> {
          if (heat.spread() > 1) {
            heavy.add(
                new HeavyKey(
                    hash,
                    texts.get(hash),
                    heats.share(heat),
                    heat.perSecond(),
                    Math.min(heat.spread(), Math.max(1, seats))));
          }
        });
    spreads = new Spreads(heavy);
    texts.keySet().removeIf(hash -> spreads.find(hash) == null);
  }

  private static @Nullable Summary summary(LoopKeys loop) {
    try {
      return loop.summary();
    } catch (RejectedExecutionException ended) {
      return null;
    }
  }
}
