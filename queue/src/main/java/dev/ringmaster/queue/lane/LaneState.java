package dev.ringmaster.queue.lane;

import java.util.EnumSet;
import java.util.Set;

/// Where the head of a lane is.
///
/// ```
///             read or appended           given out            its outcome is known
///  HUNGRY ───────────────────▶ READY ───────────────▶ OUT ───────────────────────▶ SETTLING
///    ▲  │                      ▲ ▲ │                   │                            │ │ │
///    │  │ a retry's wait is    │ │ └── moved away ──┐  │ refused, nothing was tried │ │ │
///    │  └─ not over ──▶ WAITING ─┼──────────────────┤  │ ▶ READY or WAITING         │ │ │
///    │                  ▲  due   └──────────────────┼──┼── done, and another follows ┘ │ │
///    │                  └───────────────────────────┼──┼── to be tried again ──────────┘ │
///    └──────────────────────────────────────────────┼──┼── done, the next is not read ───┤
///                                                   ▼  ▼                                 │
///                                                   GONE ◀── done, none follows; dead ───┘
/// ```
///
/// SETTLING ends when the change is on disk, not before: so the next message of a key is given out
/// only when a crash cannot bring the one before it back.
enum LaneState {
  /// Its next message lies in the store and is not read yet.
  HUNGRY,
  /// Its head may be given out.
  READY,
  /// Its head is given out.
  OUT,
  /// What became of its head is being written.
  SETTLING,
  /// Its head is tried again later.
  WAITING,
  /// Nothing is left of it here.
  GONE;

  /// The one door: whether the next state may follow this one.
  LaneState to(LaneState next) {
    if (!followers().contains(next)) {
      throw new IllegalStateException("a lane that is " + this + " cannot become " + next);
    }
    return next;
  }

  private Set<LaneState> followers() {
    return switch (this) {
      case HUNGRY -> EnumSet.of(READY, WAITING, GONE);
      case READY -> EnumSet.of(OUT, GONE);
      case OUT -> EnumSet.of(SETTLING, READY, WAITING, GONE);
      case SETTLING -> EnumSet.of(READY, WAITING, HUNGRY, GONE);
      case WAITING -> EnumSet.of(READY, GONE);
      case GONE -> EnumSet.noneOf(LaneState.class);
    };
  }
}
