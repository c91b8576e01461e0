package dev.ringmaster.gateway.route;

import dev.ringmaster.ring.Mix;
import dev.ringmaster.ring.Roster;
import dev.ringmaster.ring.Scheme;
import dev.ringmaster.ring.Table;
import java.util.List;

/// Divides keys among services by weight: weighted rendezvous hashing over their names. So a key
/// stays with its service, and a share that grows takes keys from the others without moving any
/// between those: from 90/10 to 80/20, one key in ten moves.
///
/// Immutable; safe for any thread.
final class Split {
  /// Sets the draw of a split apart from the draw of a seat, so that a service with a tenth of the
  /// keys has a tenth of every seat's.
  private static final long APART = 0x53_50_4C_49_54_21_52_4DL;

  private final Table table;

  Split(List<Share> shares) {
    double largest = 0;
    String[] names = new String[shares.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = shares.get(i).service();
      largest = Math.max(largest, shares.get(i).weight());
    }
    double full = largest;
    this.table =
        new Scheme.Rendezvous()
            .table(Roster.of(names).reweighted(i -> weight(shares.get(i).weight() / full)));
  }

  /// A share that is not zero gets keys, however small it is.
  private static int weight(double ofLargest) {
    return ofLargest == 0 ? 0 : Math.max(1, (int) Math.round(ofLargest * Roster.FULL));
  }

  /// Which of the shares a key belongs to.
  int pick(long keyHash) {
    return table.owner(Mix.mix(keyHash ^ APART));
  }
}
