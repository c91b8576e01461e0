package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.Persistence;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/// Answers the requests that must not be passed on, because they have come as far as they may (RFC
/// 9110, 7.6.2): what they ask is what Ringmaster itself can do.
final class LastHop {
  private static final Map<String, String> METHODS =
      Map.of("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH");

  private LastHop() {}

  /// Answers the request if it has come as far as it may; false if it goes on.
  static boolean ends(Lane lane, ClientConnection client) {
    boolean last = client.head().maxForwards() == 0;
    if (last) {
      answer(lane, client);
    }
    return last;
  }

  private static void answer(Lane lane, ClientConnection client) {
    Persistence persistence = client.persistence();
    ByteBuf out = lane.allocator().directBuffer();
    Answers.answer(
        out, new Answers.Content(204, METHODS, new byte[0]), persistence, client.head().method());
    client.write(out);
    lane.ledger().unrouted(204);
    if (lane.lines() != null) {
      lane.log(client.line(204, 0, "the last hop"));
    }
    client.turnOver(persistence);
  }
}
