package dev.ringmaster.console;

import dev.ringmaster.gateway.own.Answer;
import java.util.Map;

/// The page at the root of the admin port, which lists what else is there.
final class IndexPage {
  private static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Ringmaster console</title>
      <h1>Ringmaster console</h1>
      <ul>
      <li><a href="/api/status">GET /api/status</a>: the service, its replicas and spares
      <li><a href="/api/table">GET /api/table</a>: the seats and their share of the keys
      <li><a href="/api/explain?path=/">GET /api/explain?path=/x&amp;method=GET&amp;header=Name:value&amp;client=192.0.2.1</a>:
      which replica would get this request, and why
      <li><a href="/api/heavy-keys">GET /api/heavy-keys</a>: keys with more than a seat's share of the requests
      <li>POST /api/add {"n":2,"hostnames":["S4"]}
      <li>POST /api/rm {"n":2,"hostnames":["S4"]}
      <li>POST /api/drain {"name":"S3"}, POST /api/undrain {"name":"10.0.0.7:8080"}
      <li>POST /api/weight {"name":"S3","weight":0.5}, POST /api/restart
      <li>POST /api/reload: the settings file is read again
      <li>Of several services one is named with ?service=NAME; without it, status and table tell of all
      <li><a href="/rep">GET /rep</a>, POST /add, DELETE /rm: the classic endpoints
      <li><a href="/healthz">GET /healthz</a>: the program is alive
      <li><a href="/readyz">GET /readyz</a>: at least one replica serves
      <li><a href="/metrics">GET /metrics</a>: Prometheus metrics
      </ul>
      </html>
      """;

  static final Answer ANSWER =
      new Answer(
          200,
          Map.of(
              "Content-Type", "text/html; charset=utf-8",
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          HTML);

  private IndexPage() {}
}
