package dev.ringmaster.lab.experiment;

import dev.ringmaster.lab.load.Connection;
import dev.ringmaster.lab.load.ExchangeFailure;
import dev.ringmaster.lab.load.Reply;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.Ringmaster;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The first part of A-3: every endpoint of the contract on the traffic port, well used and badly.
final class Endpoints {
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
  private static final String FAILURE = "\"status\":\"failure\"";

  /// One request and its answer by the contract, section 2.
  ///
  /// @param body empty for none
  /// @param holds what the answer's body holds; empty if it is empty
  record Case(String method, String path, String body, int status, String holds) {}

  private Endpoints() {}

  /// In order; each sees what those before it did. Starts and ends with S1 … SN.
  ///
  /// @param replicas N
  static List<Case> cases(int replicas) {
    StringBuilder first = new StringBuilder("\"S1\"");
    for (int i = 2; i <= replicas; i++) {
      first.append(",\"S").append(i).append('"');
    }
    String atFirst = rep(replicas, first + "]");
    String grown = rep(replicas + 2, first + ",\"lab-b\",\"lab-a\"]");
    String tooMany = "<Error> Length of hostname list is more than ";
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("GET", "/rep", "", 200, atFirst));
    cases.add(new Case("GET", "/home", "", 200, "{\"message\":\"Hello from Server: "));
    cases.add(new Case("GET", "/heartbeat", "", 200, ""));
    cases.add(
        new Case(
            "GET",
            "/other",
            "",
            400,
            "<Error> '/other' endpoint does not exist in server replicas"));
    cases.add(new Case("POST", "/rep", "{}", 405, FAILURE));
    cases.add(add("{\"n\":1,\"hostnames\":[\"lab-a\",\"lab-b\"]}", 400, tooMany + "newly added"));
    cases.add(add("{\"n\":\"2\"}", 400, FAILURE));
    cases.add(add("{\"n\":0}", 400, FAILURE));
    cases.add(add("{\"n\":1,\"hostnames\":[\"S1\"]}", 400, FAILURE));
    cases.add(add("{\"n\":1,\"hostnames\":[\"a;b\"]}", 400, FAILURE));
    cases.add(add("no JSON", 400, FAILURE));
    cases.add(add("{\"n\":2,\"hostnames\":[\"lab-b\",\"lab-a\"]}", 200, grown));
    cases.add(remove("{\"n\":1,\"hostnames\":[\"lab-a\",\"lab-b\"]}", 400, tooMany + "removable"));
    cases.add(remove("{\"n\":1,\"hostnames\":[\"nobody\"]}", 400, FAILURE));
    cases.add(remove("{\"n\":" + (replicas + 3) + "}", 400, FAILURE));
    cases.add(remove("{\"n\":2,\"hostnames\":[\"lab-a\",\"lab-b\"]}", 200, atFirst));
    cases.add(new Case("GET", "/rep", "", 200, atFirst));
    return cases;
  }

  static List<EndpointCheck> check(Ringmaster ringmaster, int replicas) throws ProductFailure {
    List<EndpointCheck> checks = new ArrayList<>();
    for (Case one : cases(replicas)) {
      checks.add(check(ringmaster.traffic(), one));
    }
    return checks;
  }

  private static EndpointCheck check(InetSocketAddress target, Case one) {
    byte[] request =
        one.body.isEmpty()
            ? Connection.request(one.method, one.path, "")
            : Connection.jsonRequest(one.method, one.path, one.body);
    String shown = (one.method + " " + one.path + " " + one.body).strip();
    long startNs = System.nanoTime();
    try {
      Reply reply = Connection.once(target, request, ANSWER_LIMIT);
      double ms = (System.nanoTime() - startNs) / 1e6;
      return new EndpointCheck(shown, one.status, one.holds, reply.status(), reply.text(), ms);
    } catch (ExchangeFailure e) {
      double ms = (System.nanoTime() - startNs) / 1e6;
      return new EndpointCheck(shown, one.status, one.holds, 0, String.valueOf(e.getMessage()), ms);
    }
  }

  private static Case add(String body, int status, String holds) {
    return new Case("POST", "/add", body, status, holds);
  }

  private static Case remove(String body, int status, String holds) {
    return new Case("DELETE", "/rm", body, status, holds);
  }

  private static String rep(int n, String names) {
    return "{\"message\":{\"N\":" + n + ",\"replicas\":[" + names + "},\"status\":\"successful\"}";
  }
}
