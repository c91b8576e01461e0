package dev.ringmaster.fleet.health;

import dev.ringmaster.fleet.health.Sign.Cause;

/// The judgement on one replica: a value that each [Sign] turns into the next one.
///
/// Four conditions are told apart. *Booting*: it has never answered; a refused connection means
/// nothing yet. *Well*: it answers. *Ill*: `fall` failures in a row; it is well again after `rise`
/// answers in a row. *Hung*: ill, and `2·fall` heartbeats in a row found no life at all. Only a
/// hung replica may be killed: one that answers late, answers with errors or still serves traffic
/// is busy. Silence is counted in heartbeats, not in time, so a pause of Ringmaster itself (a
/// laptop's lid, SIGSTOP) accuses nobody.
///
/// @param vital the condition
/// @param streak signs in a row that speak against the condition
/// @param silence heartbeats in a row without any sign of life
/// @param errors heartbeats in a row that were answered with an error
/// @param hinted whether the traffic has spoken against it since the last heartbeat; a burst of
///   failures counts once
/// @param note what was seen last against it, for people; empty if nothing was
public record Pulse(Vital vital, int streak, int silence, int errors, boolean hinted, String note) {

  /// What a replica is judged to be.
  public enum Vital {
    BOOTING,
    WELL,
    ILL
  }

  /// A replica of which nothing was seen.
  public static final Pulse NEW = new Pulse(Vital.BOOTING, 0, 0, 0, false, "");

  /// How many times `fall` heartbeats in a row must find silence before a replica counts as hung.
  private static final int HUNG_FALLS = 2;

  /// The same where no other replica serves: then the fault may be the machine's or Ringmaster's.
  private static final int LONELY_FALLS = 6;

  /// An answer of this status or above is no sign of health, though it is one of life.
  public static final int ERRORS = 500;

  /// The judgement after one more sign.
  public Pulse after(Sign sign, HealthSettings settings) {
    return switch (sign) {
      case Sign.Answered(int status) when status < ERRORS -> spokeFor(settings);
      case Sign.Answered(int status) ->
          spokeAgainst("answers its heartbeat with " + status, settings).but(0, errors + 1, false);
      case Sign.Missed(Cause cause) ->
          spokeAgainst(cause.words(), settings).but(silence + 1, 0, false);
      case Sign.Late() -> new Pulse(vital, streak, 0, 0, hinted, "answers late");
      case Sign.TrafficAnswered() ->
          new Pulse(vital, vital == Vital.WELL ? 0 : streak, 0, errors, false, note);
      case Sign.TrafficFailed(String what) ->
          hinted ? this : spokeAgainst(what, settings).but(silence, errors, true);
    };
  }

  /// Whether it may be ended by force.
  ///
  /// @param others whether another replica serves
  public boolean hung(boolean others, HealthSettings settings) {
    int falls = others ? HUNG_FALLS : LONELY_FALLS;
    return vital == Vital.ILL && silence >= falls * settings.fall();
  }

  /// Whether it has been answering its heartbeats with errors alone, for at least as many as would
  /// make a silent one count as hung.
  public boolean erring(HealthSettings settings) {
    return vital == Vital.ILL && errors >= HUNG_FALLS * settings.fall();
  }

  private Pulse spokeFor(HealthSettings settings) {
    Pulse well = new Pulse(Vital.WELL, 0, 0, 0, false, "");
    return switch (vital) {
      case BOOTING, WELL -> well;
      case ILL ->
          streak + 1 >= settings.rise()
              ? well
              : new Pulse(Vital.ILL, streak + 1, 0, 0, false, note);
    };
  }

  private Pulse spokeAgainst(String what, HealthSettings settings) {
    return switch (vital) {
      case BOOTING -> of(Vital.BOOTING, 0, what);
      case ILL -> of(Vital.ILL, 0, what);
      case WELL ->
          streak + 1 >= settings.fall() ? of(Vital.ILL, 0, what) : of(Vital.WELL, streak + 1, what);
    };
  }

  private Pulse of(Vital next, int nextStreak, String what) {
    return new Pulse(next, nextStreak, silence, errors, hinted, what);
  }

  private Pulse but(int nextSilence, int nextErrors, boolean nextHinted) {
    return new Pulse(vital, streak, nextSilence, nextErrors, nextHinted, note);
  }
}
