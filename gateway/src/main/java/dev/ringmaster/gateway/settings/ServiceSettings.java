package dev.ringmaster.gateway.settings;

import dev.ringmaster.gateway.heavy.HeavySettings;
import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.key.KeySource;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.hash.HashFunction;
import org.jspecify.annotations.Nullable;

/// What may be set about the requests of one service.
///
/// @param key what of a request is its key
/// @param hash what hashes keys; a keyed one if clients choose them
/// @param sticky how sticky cookies are signed; null if the key rule names none
/// @param heavy what is done about keys hotter than a seat's fair share
/// @param bound when a seat is full; null for never
/// @param classicAnswers whether a replica's 404 becomes the classic contract's 400
/// @param timeouts how long to wait
/// @param retry how much to try again
/// @param limits what the service may make the data plane hold
/// @param link how its replicas are spoken to
/// @param concurrency how many requests a replica may have at once, and who waits
/// @param hedge when a request gets a second try; null for never
/// @param respondAsync whether a request waits in a queue if its client prefers that
public record ServiceSettings(
    KeyRule key,
    HashFunction hash,
    @Nullable StickySettings sticky,
    HeavySettings heavy,
    @Nullable BoundedLoad bound,
    boolean classicAnswers,
    ServiceTimeouts timeouts,
    RetryLimits retry,
    ServiceLimits limits,
    ReplicaLink link,
    ConcurrencyLimit concurrency,
    @Nullable HedgeSettings hedge,
    boolean respondAsync) {

  /// A seat with fewer requests in flight than this is never full.
  public static final int BOUND_FLOOR = 16;

  /// The defaults; keys are drawn at random.
  public static final ServiceSettings DEFAULT =
      new ServiceSettings(
          KeyRule.parse("random"),
          HashFunction.xxh3(0),
          null,
          HeavySettings.DEFAULT,
          BoundedLoad.of("1.25", BOUND_FLOOR),
          false,
          ServiceTimeouts.DEFAULT,
          RetryLimits.DEFAULT,
          ServiceLimits.DEFAULT,
          ReplicaLink.PLAIN,
          ConcurrencyLimit.NONE,
          null,
          true);

  public ServiceSettings {
    if (sticky == null && key.sources().getLast() instanceof KeySource.Sticky) {
      throw new IllegalArgumentException("sticky cookies need a secret");
    }
  }

  public ServiceSettings withKey(KeyRule key) {
    Draft draft = new Draft(this);
    draft.key = key;
    return draft.settings();
  }

  public ServiceSettings withHash(HashFunction hash) {
    Draft draft = new Draft(this);
    draft.hash = hash;
    return draft.settings();
  }

  /// With another rule, and what signs its cookies.
  public ServiceSettings withKey(KeyRule key, StickySettings sticky) {
    Draft draft = new Draft(this);
    draft.key = key;
    draft.sticky = sticky;
    return draft.settings();
  }

  public ServiceSettings withHeavy(HeavySettings heavy) {
    Draft draft = new Draft(this);
    draft.heavy = heavy;
    return draft.settings();
  }

  public ServiceSettings withBound(@Nullable BoundedLoad bound) {
    Draft draft = new Draft(this);
    draft.bound = bound;
    return draft.settings();
  }

  public ServiceSettings withClassicAnswers(boolean classicAnswers) {
    Draft draft = new Draft(this);
    draft.classicAnswers = classicAnswers;
    return draft.settings();
  }

  public ServiceSettings withTimeouts(ServiceTimeouts timeouts) {
    Draft draft = new Draft(this);
    draft.timeouts = timeouts;
    return draft.settings();
  }

  public ServiceSettings withRetry(RetryLimits retry) {
    Draft draft = new Draft(this);
    draft.retry = retry;
    return draft.settings();
  }

  public ServiceSettings withLimits(ServiceLimits limits) {
    Draft draft = new Draft(this);
    draft.limits = limits;
    return draft.settings();
  }

  public ServiceSettings withLink(ReplicaLink link) {
    Draft draft = new Draft(this);
    draft.link = link;
    return draft.settings();
  }

  public ServiceSettings withConcurrency(ConcurrencyLimit concurrency) {
    Draft draft = new Draft(this);
    draft.concurrency = concurrency;
    return draft.settings();
  }

  public ServiceSettings withHedge(@Nullable HedgeSettings hedge) {
    Draft draft = new Draft(this);
    draft.hedge = hedge;
    return draft.settings();
  }

  public ServiceSettings withRespondAsync(boolean respondAsync) {
    Draft draft = new Draft(this);
    draft.respondAsync = respondAsync;
    return draft.settings();
  }

  /// Settings while one of them is replaced.
  private static final class Draft {
    private KeyRule key;
    private HashFunction hash;
    private @Nullable StickySettings sticky;
    private HeavySettings heavy;
    private @Nullable BoundedLoad bound;
    private boolean classicAnswers;
    private ServiceTimeouts timeouts;
    private RetryLimits retry;
    private ServiceLimits limits;
    private ReplicaLink link;
    private ConcurrencyLimit concurrency;
    private @Nullable HedgeSettings hedge;
    private boolean respondAsync;

    Draft(ServiceSettings from) {
      key = from.key;
      hash = from.hash;
      sticky = from.sticky;
      heavy = from.heavy;
      bound = from.bound;
      classicAnswers = from.classicAnswers;
      timeouts = from.timeouts;
      retry = from.retry;
      limits = from.limits;
      link = from.link;
      concurrency = from.concurrency;
      hedge = from.hedge;
      respondAsync = from.respondAsync;
    }

    ServiceSettings settings() {
      return new ServiceSettings(
          key,
          hash,
          sticky,
          heavy,
          bound,
          classicAnswers,
          timeouts,
          retry,
          limits,
          link,
          concurrency,
          hedge,
          respondAsync);
    }
  }
}
