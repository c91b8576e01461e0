package dev.ringmaster.ring;

import static dev.ringmaster.ring.Subject.Capability.EVEN;
import static dev.ringmaster.ring.Subject.Capability.HEIR_IS_SECOND;
import static dev.ringmaster.ring.Subject.Capability.NEVER_NEEDLESS;
import static dev.ringmaster.ring.Subject.Capability.ORDER_FREE;
import static dev.ringmaster.ring.Subject.Capability.WEIGHTED;

import java.util.List;
import java.util.Set;

/// A scheme under the contract of [SchemeContractTest], and what it promises beyond what all do.
record Subject(Scheme scheme, Set<Capability> capabilities) {

  /// What not every scheme can do.
  enum Capability {
    /// The loads of seats of equal weight differ by chance alone.
    EVEN,
    /// The load of a seat follows its weight.
    WEIGHTED,
    /// A key moves only away from a seat that lost weight, or to one that gained some.
    NEVER_NEEDLESS,
    /// The second candidate is where a key goes when its owner dies.
    HEIR_IS_SECOND,
    /// The same labels on other seats own the same keys.
    ORDER_FREE
  }

  static final List<Subject> ALL =
      List.of(
          new Subject(new Scheme.Seats(), Set.of(EVEN, WEIGHTED, NEVER_NEEDLESS, HEIR_IS_SECOND)),
          new Subject(Scheme.Classic.standard(), Set.of()),
          new Subject(
              new Scheme.Classic(
                  512, 9, Probing.QUADRATIC, RequestHash.STANDARD, VirtualServerHash.STANDARD),
              Set.of()),
          new Subject(
              new Scheme.Ring(Scheme.Ring.STANDARD_POINTS),
              Set.of(WEIGHTED, NEVER_NEEDLESS, HEIR_IS_SECOND, ORDER_FREE)),
          new Subject(new Scheme.Maglev(16_381), Set.of(EVEN, WEIGHTED, ORDER_FREE)),
          new Subject(
              new Scheme.Rendezvous(),
              Set.of(EVEN, WEIGHTED, NEVER_NEEDLESS, HEIR_IS_SECOND, ORDER_FREE)),
          new Subject(new Scheme.Jump(), Set.of(EVEN, WEIGHTED, NEVER_NEEDLESS, HEIR_IS_SECOND)),
          new Subject(
              new Scheme.Ketama(), Set.of(WEIGHTED, NEVER_NEEDLESS, HEIR_IS_SECOND, ORDER_FREE)));

  static List<Subject> thatCan(Capability capability) {
    return ALL.stream().filter(subject -> subject.can(capability)).toList();
  }

  Table table(Roster roster) {
    return scheme.table(roster);
  }

  boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  String name() {
    return scheme.text();
  }
}
