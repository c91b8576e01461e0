package dev.ringmaster.gateway.heavy;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What one event loop counts of a service's keys. Only [#summary] is for others.
public final class LoopKeys {
  /// Counters of a loop: a key is sure to be found if it has more than one request in so many.
  static final int COUNTERS = 256;

  private final ServiceKeys service;
  private final Executor loop;
  private final SpaceSaving counters = new SpaceSaving(COUNTERS);
  private volatile @Nullable Summary published;

  LoopKeys(ServiceKeys service, Executor loop) {
    this.service = service;
    this.loop = loop;
  }

  /// Counts a request's key.
  ///
  /// @return over how many of its candidates the request is to be spread; 1 for its owner alone
  public int count(long hash) {
    counters.count(hash);
    HeavyKey heavy = service.find(hash);
    return heavy == null ? 1 : service.spread(heavy);
  }

  /// Whether the text of this key is wanted, because it is heavy and nobody has told it yet.
  public boolean wantsText(long hash) {
    HeavyKey heavy = service.find(hash);
    return service.shown() && heavy != null && heavy.text() == null;
  }

  /// Tells the text of a heavy key.
  public void tell(long hash, String text) {
    service.tell(hash, text);
  }

  /// Stops counting.
  public void close() {
    service.leave(this);
  }

  /// What the loop has counted until it was asked the last time, or null if it has not answered
  /// yet; and asks it again.
  @Nullable Summary summary() {
    Summary last = published;
    published = null;
    loop.execute(this::publish);
    return last;
  }

  private void publish() {
    published = counters.summary();
    counters.clear();
  }
}
