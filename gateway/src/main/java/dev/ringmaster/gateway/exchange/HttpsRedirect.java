package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.Answers.Content;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import java.util.Map;

/// Sends clients of the port without TLS to the one with it.
final class HttpsRedirect {
  private static final int STANDARD_PORT = 443;
  private static final byte[] NOTHING = new byte[0];

  private final String port;

  HttpsRedirect(int port) {
    this.port = port == STANDARD_PORT ? "" : ":" + port;
  }

  /// Answers a client's request; method and body stay the same there (RFC 9110, 15.4.9).
  void send(Lane lane, ClientConnection client) {
    Persistence next = client.persistence();
    Content answer = answer(client.head());
    ByteBuf out = lane.allocator().directBuffer();
    Answers.answer(out, answer, next, client.head().method());
    client.write(out);
    lane.ledger().unrouted(answer.status());
    if (lane.lines() != null) {
      lane.log(client.line(answer.status(), 0, "to https"));
    }
    client.turnOver(next);
  }

  /// 308 to the same host and target; 400 for a request that names no host.
  private Content answer(RequestHead head) {
    String host = head.text(head.hostFrom(), head.hostTo());
    if (host.isEmpty()) {
      return new Content(400, Map.of(), NOTHING);
    }
    String target = head.text(head.pathFrom(), head.targetTo());
    String path = target.startsWith("/") ? target : "/";
    return new Content(308, Map.of("Location", "https://" + name(host) + port + path), NOTHING);
  }

  /// The host without its port.
  private static String name(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }
}
