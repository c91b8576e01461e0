package dev.ringmaster.queue.commit;

import dev.ringmaster.queue.store.Effect;
import dev.ringmaster.queue.store.StoreFault;
import java.util.List;

/// What came of a group of orders.
public sealed interface Committed {

  /// All of them are carried out and on disk.
  ///
  /// @param effects one of each order, in their order
  record Durable(List<Effect> effects) implements Committed {}

  /// None of them is carried out, unless the fault says that this is unknown. Then the orders may
  /// come to light later: an append as a message nobody was promised, an end as [Effect.Gone] when
  /// it is asked for again. Whoever holds a picture of what the store has reads it anew.
  record Failed(StoreFault fault) implements Committed {}
}
