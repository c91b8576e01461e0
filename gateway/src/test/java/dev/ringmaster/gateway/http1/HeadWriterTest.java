package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadWriterTest {
  private static final Forwarding STRANGER =
      new Forwarding(Forwarding.Trust.REPLACE, "10.0.0.9", "http", "us:5000");
  private static final Forwarding PROXY =
      new Forwarding(Forwarding.Trust.EXTEND, "10.0.0.9", "https", "us:5000");
  private static final String ADDED =
      "X-Forwarded-For: 10.0.0.9\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n";
  private static final String VIA = "Via: 1.1 ringmaster\r\n\r\n";

  @Test
  void untouchedHeadersAreCopiedAsTheyCame() {
    assertThat(request("POST /p?q HTTP/1.1\r\nhOST:a\r\nX:  y \r\nContent-Length: 1\r\n\r\n"))
        .isEqualTo("POST /p?q HTTP/1.1\r\nhOST:a\r\nX:  y \r\nContent-Length: 1\r\n" + ADDED + VIA);
  }

  @Test
  void headersOfOneConnectionAreDropped() {
    assertThat(
            request(
                Table.lines(
                    "GET / HTTP/1.1",
                    "Keep-Alive: 5",
                    "Host: a",
                    "Connection: x-own, keep-alive",
                    "Proxy-Connection: keep-alive",
                    "X-Own: 1",
                    "X-Other: 2",
                    "TE: gzip",
                    "Upgrade: h2c",
                    "HTTP2-Settings: x",
                    "Trailer: X-Sum",
                    "",
                    "")))
        .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\nX-Other: 2\r\nTrailer: X-Sum\r\n" + ADDED + VIA);
  }

  @Test
  void connectionCannotNameFramingOrHostAway() {
    assertThat(
            request(
                "POST / HTTP/1.1\r\nHost: a\r\nConnection: host, transfer-encoding, content-type,"
                    + " x-forwarded-for, via\r\nTransfer-Encoding: chunked\r\nContent-Type: b/c\r\n\r\n"))
        .isEqualTo(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Type: b/c\r\n"
                + ADDED
                + VIA);
  }

  @Test
  void whatAStrangerClaimsToForwardIsReplaced() {
    assertThat(
            request(
                Table.lines(
                    "GET / HTTP/1.1",
                    "X-Forwarded-For: 1.1.1.1",
                    "Host: a",
                    "Forwarded: for=2.2.2.2",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Ssl: on",
                    "X-Real-IP: 3.3.3.3",
                    "x-forwarded-host: b",
                    "",
                    "")))
        .isEqualTo("GET / HTTP/1.1\r\nHost: a\r\n" + ADDED + VIA);
  }

  @Test
  void whatIsBelievedOfAProxyIsWrittenAnewAndTheRestKept() {
    String in =
        Table.lines(
            "GET / HTTP/1.1",
            "X-Forwarded-For: 6.6.6.6",
            "Host: a",
            "X-Forwarded-Host: evil",
            "X-Forwarded-Proto: gopher",
            "Forwarded: for=6.6.6.6",
            "X-Forwarded-Prefix: /app",
            "X-Real-IP: 1.1.1.1",
            "Via: 1.0 other",
            "",
            "");
    assertThat(written(in, PROXY, Passing.PLAIN))
        .isEqualTo(
            Table.lines(
                    "GET / HTTP/1.1",
                    "Host: a",
                    "X-Forwarded-Prefix: /app",
                    "X-Real-IP: 1.1.1.1",
                    "Via: 1.0 other",
                    "X-Forwarded-For: 10.0.0.9",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-Host: a",
                    "")
                + VIA);
  }

  @Test
  void aForwardedLineHasTheHostThatWasAskedFor() {
    Forwarding both =
        STRANGER.withHost("shop.example").withForwarded("for=1.1.1.1, ", "\"[::1]\"", "http");
    assertThat(written("GET / HTTP/1.1\r\nHost: a:80\r\n\r\n", both, Passing.PLAIN))
        .contains("\r\nX-Forwarded-Host: shop.example\r\n")
        .contains("\r\nForwarded: for=1.1.1.1, for=\"[::1]\";host=\"a:80\";proto=http\r\n");
  }

  @Test
  void anAbsoluteTargetBecomesAPathAndAHost() {
    assertThat(request("GET http://a?q HTTP/1.1\r\nX: y\r\nHost: A:80\r\n\r\n"))
        .isEqualTo("GET /?q HTTP/1.1\r\nHost: a\r\nX: y\r\n" + ADDED + VIA);
    assertThat(request("OPTIONS http://a HTTP/1.1\r\nHost: a\r\n\r\n"))
        .startsWith("OPTIONS * HTTP/1.1\r\nHost: a\r\n");
  }

  @Test
  void anOldRequestWithoutHostGetsOurs() {
    assertThat(request("GET / HTTP/1.0\r\n\r\n"))
        .isEqualTo(
            Table.lines(
                "GET / HTTP/1.1",
                "Host: us:5000",
                "X-Forwarded-For: 10.0.0.9",
                "X-Forwarded-Proto: http",
                "X-Forwarded-Host: us:5000",
                "Via: 1.0 ringmaster",
                "",
                ""));
  }

  @Test
  void expectUpgradeAndTrailersPassWhenAsked() {
    String in =
        Table.lines(
            "GET / HTTP/1.1",
            "Host: a",
            "Expect: 100-continue",
            "TE: gzip, trailers",
            "Connection: TE, Upgrade",
            "Upgrade: websocket",
            "",
            "");
    assertThat(written(in, STRANGER, Passing.PLAIN))
        .isEqualTo(
            "GET / HTTP/1.1\r\nHost: a\r\n" + ADDED + "TE: trailers\r\nConnection: TE\r\n" + VIA);
    assertThat(written(in, STRANGER, Passing.EXPECT)).contains("\r\nExpect: 100-continue\r\n");
    assertThat(written(in, STRANGER, Passing.UPGRADE))
        .isEqualTo(
            "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                + ADDED
                + "TE: trailers\r\nConnection: upgrade, TE\r\n"
                + VIA);
  }

  @Test
  void aHeadIsWrittenTheSameAgainForARetry() {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    head.parse(buffer("GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nX: y\r\n\r\n"));
    ByteBuf out = Unpooled.buffer();
    HeadWriter.request(out, head, STRANGER, Passing.PLAIN);
    String first = out.toString(StandardCharsets.ISO_8859_1);
    out.clear();

    HeadWriter.request(out, head, STRANGER, Passing.PLAIN);

    assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo(first);
  }

  @Test
  void anAnswerSaysWhatTheCallerDecidedAboutTheConnection() {
    String in =
        Table.lines(
            "HTTP/1.1 200 Fine",
            "Server: s",
            "Connection: close, x",
            "X: y",
            "Keep-Alive: 1",
            "Transfer-Encoding: chunked",
            "",
            "");
    String chunked = "HTTP/1.1 200 Fine\r\nServer: s\r\nTransfer-Encoding: chunked\r\n";
    assertThat(response(in, Persistence.IMPLIED)).isEqualTo(chunked + VIA);
    assertThat(response(in, Persistence.STATED))
        .isEqualTo(chunked + "Connection: keep-alive\r\n" + VIA);
    assertThat(response(in, Persistence.CLOSE)).isEqualTo(chunked + "Connection: close\r\n" + VIA);
    assertThat(response(in, Persistence.CLOSE_UNCHUNKED))
        .isEqualTo("HTTP/1.1 200 Fine\r\nServer: s\r\nConnection: close\r\n" + VIA);
  }

  @Test
  void aSwitchOfProtocolsKeepsItsUpgrade() {
    String in = "HTTP/1.1 101 Switch\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";
    assertThat(response(in, Persistence.UPGRADE))
        .isEqualTo("HTTP/1.1 101 Switch\r\nUpgrade: websocket\r\nConnection: upgrade\r\n" + VIA);
  }

  @Test
  void anOldOrBareStatusLineIsMadeWhole() {
    assertThat(response("HTTP/1.0 204\r\nContent-Length: 0\r\n\r\n", Persistence.IMPLIED))
        .isEqualTo("HTTP/1.1 204 \r\nVia: 1.0 ringmaster\r\n\r\n");
  }

  @Test
  void forwardingRefusesWhatCouldSmuggleALine() {
    assertThatThrownBy(() -> new Forwarding(Forwarding.Trust.REPLACE, "a\r\nX: y", "http", "h"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String request(String in) {
    return written(in, STRANGER, Passing.PLAIN);
  }

  private static String written(String in, Forwarding forwarding, Passing passing) {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    assertThat(head.parse(buffer(in))).isEqualTo(Outcome.COMPLETE);
    ByteBuf out = Unpooled.buffer();
    HeadWriter.request(out, head, forwarding, passing);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String response(String in, Persistence persistence) {
    ResponseHead head = new ResponseHead(Limits.DEFAULT);
    assertThat(head.parse(buffer(in))).isEqualTo(Outcome.COMPLETE);
    ByteBuf out = Unpooled.buffer();
    HeadWriter.response(out, head, persistence);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static ByteBuf buffer(String text) {
    return Unpooled.wrappedBuffer(Table.ascii(text));
  }
}
