package dev.ringmaster.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which route a request has.
class RoutesTest {
  /// In the tables: the number of a route, or one of these words.
  private static final String NONE = "none";

  private static final String UNCLEAR = "unclear";

  static RequestHead head(String text) {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    assertThat(head.parse(bytes)).as(text).isEqualTo(Outcome.COMPLETE);
    return head;
  }

  private static RequestHead get(String target) {
    return head("GET " + target + " HTTP/1.1\r\nHost: a.example\r\n\r\n");
  }

  private static Routes paths(String... paths) {
    List<Route> routes = new ArrayList<>();
    for (String path : paths) {
      routes.add(Route.to("web", Match.ANY.withPath(path)));
    }
    return new Routes(routes);
  }

  private static String answer(Routes routes, RequestHead head) {
    int route = routes.match(head);
    return switch (route) {
      case Routes.NONE -> NONE;
      case Routes.UNCLEAR -> UNCLEAR;
      default -> Integer.toString(route);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/users, 0",
    "/users/, 0",
    "/users/1, 0",
    "/users?x=1, 0",
    "/users/1?x=/other, 0",
    "/users2, none",
    "/user, none",
    "/Users, none",
    "/, none",
    "/x/users, none",
    "/?/users, none",
    "/a/b, 1",
    "/a/b/c, 1",
    "/a, none",
    "/a/bc, none",
    "/a/b., none",
    "http://a.example/users/1, 0",
    "http://a.example, none"
  })
  void aPathHasWhatIsBelowItSegmentBySegment(String target, String expected) {
    assertThat(answer(paths("/users", "/a/b/"), get(target))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // Encoded letters are the letters.
    "/%61dmin, 0",
    "/%61dmin/x, 0",
    "/a%64min, 0",
    "/%41dmin, 1",
    "/adminx%20, 1",
    "/admin%, 1",
    "/admin%2, 1",
    "/admin%zz, 1",
    "/admin/%, 0",
    // A slash that may not be one.
    "/admin%2Fx, unclear",
    "/admin%2fx, unclear",
    "/admin%5Cx, unclear",
    "/x%2Fadmin, 1",
    "/admin/a%2Fb, 0",
    "/files/a%2Fb, 1",
    "/%2Fadmin, unclear",
    // Empty segments.
    "//admin, unclear",
    "///admin/x, unclear",
    "/admin//x, 0",
    "/a//b, 1",
    "//, 1",
    // Parameters of a segment.
    "/admin;x=1, unclear",
    "/admin;x=1/y, unclear",
    "/admin%3Bx, unclear",
    "/admin/y;x=1, 0",
    "/files;v=2/a, 1"
  })
  void aPathThatCouldBeReadOtherwiseHasNoRoute(String target, String expected) {
    assertThat(answer(paths("/admin", "/"), get(target.strip()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // Out of itself.
    "/files/../admin, unclear",
    "/files/.., unclear",
    "/files/., unclear",
    "/./admin, unclear",
    "/.., unclear",
    "/files/%2e%2e/admin, unclear",
    "/files/.%2E/admin, unclear",
    "/files/%2E./admin, unclear",
    "/files/..%2Fadmin, unclear",
    "/files%2F..%2Fadmin, unclear",
    "/files/..%5Cadmin, unclear",
    "/files/..;/admin, unclear",
    "/files/..;x=1/admin, unclear",
    "/files/..%3B/admin, unclear",
    "/files/%2e%2e%2fadmin, unclear",
    "/files/...; , 1",
    "/files/..., 1",
    "/files/..a, 1",
    "/files/.well-known, 1",
    "/.well-known, 1",
    // Decoded twice, by nobody here.
    "/files/%252e%252e/admin, 1",
    "/files/%252Fadmin, 1",
    // What ends strings, and what only broken decoders read as '/' and '.'.
    "/admin%00, unclear",
    "/files/%0d%0aX, unclear",
    "/files/%c0%af..%c0%afadmin, unclear",
    "/files/%c1%9cadmin, unclear",
    "/files/%c3%a9, 1"
  })
  void aPathThatLeadsOutOfItselfHasNoRoute(String target, String expected) {
    assertThat(answer(paths("/admin", "/"), get(target.strip()))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a/../b", "//a", "/a%2Fb", "/%00"})
  void whereNoRouteHasAPathNoneIsRead(String target) {
    Routes hosts = new Routes(List.of(Route.to("web", Match.ANY.withHost("a.example"))));
    assertThat(hosts.match(get(target))).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "a.example, 0",
    "A.Example, 0",
    "a.example:8080, 0",
    "a.example., 0",
    "a.example.:80, 0",
    "b.a.example, none",
    "xa.example, none",
    "a.example.org, none",
    "a%2eexample, none",
    "x.b.example, 1",
    "x.y.b.example, 1",
    "X.B.EXAMPLE:1, 1",
    "b.example, none",
    "xb.example, none",
    ".b.example, none",
    "[::1], 2",
    "[::1]:5000, 2",
    "192.0.2.1:80, 3"
  })
  void aHostIsComparedWithoutPortAndCase(String host, String expected) {
    List<Route> routes = new ArrayList<>();
    for (String each : List.of("a.example", "*.b.example", "[::1]", "192.0.2.1")) {
      routes.add(Route.to("web", Match.ANY.withHost(each)));
    }
    RequestHead head = head("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertThat(answer(new Routes(routes), head)).isEqualTo(expected);
  }

  @Test
  void theHostOfAnAbsoluteTargetCounts() {
    Routes routes = new Routes(List.of(Route.to("web", Match.ANY.withHost("a.example"))));
    assertThat(routes.match(get("http://a.example/x"))).isEqualTo(0);
    assertThat(routes.match(head("GET / HTTP/1.0\r\n\r\n"))).isEqualTo(Routes.NONE);
  }

  @ParameterizedTest
  @CsvSource({"GET, 0", "POST, 0", "PURGE, 0", "HEAD, none", "get, none", "PURGED, none"})
  void aMethodIsOneOfThose(String method, String expected) {
    Routes routes =
        new Routes(List.of(Route.to("web", Match.ANY.withMethods("GET", "POST", "PURGE"))));
    RequestHead head = head(method + " / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(answer(routes, head)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Beta: 1, 0",
    "x-beta: 1, 0",
    "X-BETA:  1 , 0",
    "X-Beta: 2|X-Beta: 1, 0",
    "X-Beta: 2, none",
    "X-Beta: 11, none",
    "X-Beta: , none",
    "X-Bet: 1, none",
    "X-Debug: anything, 1",
    "X-Debug: , 1"
  })
  void aHeaderIsThereOrHasTheValue(String lines, String expected) {
    Routes routes =
        new Routes(
            List.of(
                Route.to("web", Match.ANY.withHeader("X-Beta", "1")),
                Route.to("web", Match.ANY.withHeader("X-Debug", null))));
    RequestHead head =
        head("GET / HTTP/1.1\r\nHost: a\r\n" + lines.replace("|", "\r\n") + "\r\n\r\n");
    assertThat(answer(routes, head)).isEqualTo(expected);
  }

  @Test
  void allConditionsMustHoldAndTheFirstRouteWins() {
    Match users = Match.ANY.withPath("/users");
    Routes routes =
        new Routes(
            List.of(
                Route.to("web", users.withHost("a.example").withMethods("POST")),
                Route.to("web", users.withHost("a.example")),
                Route.to("web", users)));
    assertThat(routes.match(get("/users"))).isEqualTo(1);
    assertThat(routes.match(head("POST /users HTTP/1.1\r\nHost: a.example\r\n\r\n"))).isEqualTo(0);
    assertThat(routes.match(head("GET /users HTTP/1.1\r\nHost: b\r\n\r\n"))).isEqualTo(2);
    assertThat(routes.match(get("/"))).isEqualTo(Routes.NONE);
  }

  @Test
  void aRequestForTheServerAsAWholeHasTheRouteOfAnyPath() {
    RequestHead options = head("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    assertThat(paths("/users", "/").match(options)).isEqualTo(1);
    assertThat(paths("/users").match(options)).isEqualTo(Routes.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users", "", "/a//b", "//", "/a/../b", "/.", "/a%20b", "/a;b", "/a\\b", "/a?b", "/a b"
      })
  void aPathThatHasMoreThanOneFormIsNoRoutes(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Match.ANY.withPath(path))
        .withMessageContaining("path '" + path + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a:80", "*", "*.", "a.*", "a..", "", "*a.example", "http://a", "[::1]:80"})
  void whatIsNoHostIsNoRoutes(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Match.ANY.withHost(host))
        .withMessageContaining("host '" + host + "'");
  }

  @Test
  void twoRoutesOfOneNameAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> paths("/a", "/a"));
  }
}
