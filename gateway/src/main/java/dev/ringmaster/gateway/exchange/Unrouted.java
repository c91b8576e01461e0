package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers.Failure;
import dev.ringmaster.gateway.http1.Persistence;

/// Why a request reaches no service.
enum Unrouted {
  /// No route is for it.
  NO_ROUTE(404, "no route is for this request"),
  /// Its path could be meant for more than one route.
  UNCLEAR_PATH(400, "the path has more than one meaning");

  private final int status;
  private final String reason;

  Unrouted(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /// Answers the request; no service is asked.
  void answer(Lane lane, ClientConnection client) {
    Persistence persistence = client.persistence();
    client.fail(Failure.of(status, reason), persistence, client.head().method());
    lane.unrouted(client, this);
    client.turnOver(persistence);
  }

  int status() {
    return status;
  }

  /// A few words without quotes, fit for a JSON string and a log line.
  String reason() {
    return reason;
  }
}
