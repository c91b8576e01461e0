package dev.ringmaster.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.http1.HeadWriter;
import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The walk over what proxies say; 10.0.0.0/8 and fd00::/8 are trusted, the peer is 10.0.0.9.
class PeerTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1.1.1.1                       | 1.1.1.1        | 1.1.1.1, 10.0.0.9
          6.6.6.6, 1.1.1.1              | 1.1.1.1        | 1.1.1.1, 10.0.0.9
          6.6.6.6, 1.1.1.1, 10.0.0.7    | 1.1.1.1        | 1.1.1.1, 10.0.0.7, 10.0.0.9
          10.0.0.5, 10.0.0.7            | 10.0.0.5       | 10.0.0.5, 10.0.0.7, 10.0.0.9
          1.1.1.1,fd00::7               | 1.1.1.1        | 1.1.1.1, fd00::7, 10.0.0.9
          2001:DB8:0:0::1               | 2001:db8::1    | 2001:db8::1, 10.0.0.9
          1.1.1.1:5423                  | 1.1.1.1        | 1.1.1.1, 10.0.0.9
          [2001:db8::1]:443             | 2001:db8::1    | 2001:db8::1, 10.0.0.9
          ::ffff:1.1.1.1                | 1.1.1.1        | 1.1.1.1, 10.0.0.9
          1.1.1.1, garbage              | 10.0.0.9       | 10.0.0.9
          1.1.1.1, garbage, 10.0.0.7    | 10.0.0.7       | 10.0.0.7, 10.0.0.9
          1.1.1.1,                      | 10.0.0.9       | 10.0.0.9
          ,1.1.1.1                      | 1.1.1.1        | 1.1.1.1, 10.0.0.9
          1.1.1.1 2.2.2.2               | 10.0.0.9       | 10.0.0.9
          unknown                       | 10.0.0.9       | 10.0.0.9
          01.1.1.1                      | 10.0.0.9       | 10.0.0.9
          1.1.1.1:                      | 10.0.0.9       | 10.0.0.9
          [1.1.1.1]                     | 10.0.0.9       | 10.0.0.9
          fe80::1%eth0                  | 10.0.0.9       | 10.0.0.9
          ""                            | 10.0.0.9       | 10.0.0.9
          """)
  void theClientIsTheRightmostAddressThatIsNotTrusted(String list, String client, String told) {
    String line = "X-Forwarded-For: " + (list.equals("\"\"") ? "" : list);
    assertThat(origin(line).text()).isEqualTo(client);
    assertThat(written(ForwardedHeader.OFF, line))
        .contains("\r\nX-Forwarded-For: " + told + "\r\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          for=1.1.1.1                                | 1.1.1.1     | for=1.1.1.1,
          for=6.6.6.6, for=1.1.1.1;proto=https       | 1.1.1.1     | for=1.1.1.1;proto=https,
          FOR=1.1.1.1;By=10.0.0.7, for=10.0.0.7      | 1.1.1.1     | FOR=1.1.1.1;By=10.0.0.7, for=10.0.0.7,
          for="[2001:db8::1]:99"                     | 2001:db8::1 | for="[2001:db8::1]:99",
          for="1.1.1.1:99";host="a,b"                | 1.1.1.1     | for="1.1.1.1:99";host="a,b",
          for="6.6.6.6, for=1.1.1.1                  | 1.1.1.1     | for=1.1.1.1,
          for=6.6.6.6, for=", for="[2001:db8::1]"    | 2001:db8::1 | for="[2001:db8::1]",
          for=1.1.1.1, for=_hidden                   | 10.0.0.9    | for=_hidden,
          for=1.1.1.1, for=unknown, for=10.0.0.7     | 10.0.0.7    | for=unknown, for=10.0.0.7,
          for=[2001:db8::1]                          | 10.0.0.9    |
          for=2001:db8::1                            | 10.0.0.9    |
          for="1.1.1.1                               | 10.0.0.9    |
          for="1.1.1\\.1"                            | 10.0.0.9    |
          for=1.1.1.1;for=2.2.2.2                    | 10.0.0.9    |
          for=1.1.1.1;                               | 10.0.0.9    |
          for = 1.1.1.1                              | 10.0.0.9    |
          proto=https                                | 10.0.0.9    |
          for=1.1.1.1 proto=https                    | 10.0.0.9    |
          for=_                                      | 10.0.0.9    |
          """)
  void aForwardedListIsCutFromItsRightEnd(String list, String client, String told) {
    String line = "Forwarded: " + list;
    assertThat(origin(line, "X-Forwarded-For: 7.7.7.7").text()).isEqualTo(client);
    assertThat(written(ForwardedHeader.ON, line))
        .contains(
            "\r\nForwarded: "
                + (told == null ? "" : told + " ")
                + "for=10.0.0.9;host=\"a\";proto=http\r\n");
  }

  @Test
  void severalLinesAreOneList() {
    String[] lines = {"X-Forwarded-For: 6.6.6.6, 1.1.1.1", "X-Forwarded-For: 10.0.0.7"};
    assertThat(written(ForwardedHeader.OFF, lines))
        .contains("\r\nX-Forwarded-For: 1.1.1.1, 10.0.0.7, 10.0.0.9\r\n")
        .doesNotContain("6.6.6.6");
  }

  @Test
  void aWalkEndsAfterMoreHopsThanAnyHonestPathHas() {
    String line = "X-Forwarded-For: " + "10.0.0.1, ".repeat(2_000) + "10.0.0.1";
    String told = written(ForwardedHeader.ON, line);
    assertThat(told.lines().filter(l -> l.startsWith("X-Forwarded-For:")).findFirst())
        .contains("X-Forwarded-For: " + "10.0.0.1, ".repeat(15) + "10.0.0.9");
    String elements = "Forwarded: " + "for=10.0.0.1, ".repeat(1_000) + "for=10.0.0.1";
    assertThat(written(ForwardedHeader.ON, elements))
        .contains("\r\nForwarded: " + "for=10.0.0.1, ".repeat(15) + "for=10.0.0.9;");
  }

  @Test
  void schemeAndHostOfATrustedProxyAreBelieved() {
    assertThat(
            written(
                ForwardedHeader.ON,
                "X-Forwarded-For: 2001:db8::1",
                "X-Forwarded-Proto: HTTPS",
                "X-Forwarded-Host: shop.example"))
        .contains("\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.example\r\n")
        .contains(
            "\r\nForwarded: for=\"[2001:db8::1]\";host=\"shop.example\";proto=https,"
                + " for=10.0.0.9;host=\"a\";proto=http\r\n");
    assertThat(written(ForwardedHeader.ON, "Forwarded: for=1.1.1.1;proto=https;host=\"b:1\""))
        .contains("\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b:1\r\n");
  }

  @ParameterizedTest
  @CsvSource({"gopher, a b", "'https, http', 'b, c'", "'', ''", "https://x, user@b"})
  void aSchemeOrHostThatIsNoneIsReplaced(String scheme, String host) {
    assertThat(
            written(
                ForwardedHeader.OFF,
                "X-Forwarded-For: 1.1.1.1",
                "X-Forwarded-Proto: " + scheme,
                "X-Forwarded-Host: " + host))
        .contains("\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: a\r\n");
  }

  @Test
  void aForwardedLineThatIsNotReadIsNotPassedOn() {
    assertThat(written(ForwardedHeader.OFF, "Forwarded: for=6.6.6.6")).doesNotContain("6.6.6.6");
  }

  @Test
  void aStrangerIsTheClientWhateverItSays() {
    Peer stranger = peer("192.0.2.1", ForwardedHeader.ON);
    assertThat(stranger.speaksForOthers()).isFalse();
    assertThat(stranger.itself().text()).isEqualTo("192.0.2.1");
    RequestHead head = head("X-Forwarded-For: 1.1.1.1", "Forwarded: for=1.1.1.1");
    assertThat(written(head, stranger.itself()))
        .contains("\r\nX-Forwarded-For: 192.0.2.1\r\n")
        .contains("\r\nForwarded: for=192.0.2.1;host=\"a\";proto=http\r\n")
        .doesNotContain("1.1.1.1");
  }

  private static Origin origin(String... lines) {
    return peer("10.0.0.9", ForwardedHeader.ON).originOf(head(lines));
  }

  private static String written(ForwardedHeader forwarded, String... lines) {
    RequestHead head = head(lines);
    Peer peer = peer("10.0.0.9", forwarded);
    assertThat(peer.speaksForOthers()).isTrue();
    return written(head, peer.originOf(head));
  }

  private static String written(RequestHead head, Origin origin) {
    ByteBuf out = Unpooled.buffer();
    HeadWriter.request(out, head, origin.told(), Passing.PLAIN);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static Peer peer(String address, ForwardedHeader forwarded) {
    return new Peer(
        Address.of(java.util.Objects.requireNonNull(Address.literal(address)).getAddress()),
        "http",
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000),
        new TrustSettings(PROXIES, forwarded, ProxyProtocol.OFF));
  }

  private static RequestHead head(String... lines) {
    String text =
        "GET / HTTP/1.1\r\nHost: a\r\n"
            + List.of(lines).stream().map(line -> line + "\r\n").collect(Collectors.joining())
            + "\r\n";
    RequestHead head = new RequestHead(Limits.DEFAULT);
    assertThat(head.parse(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1)))
        .isEqualTo(Outcome.COMPLETE);
    return head;
  }
}
