package dev.ringmaster.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          PROXY TCP4 1.2.3.4 5.6.7.8 1000 80~                  | For[source=/1.2.3.4:1000, destination=/5.6.7.8:80]
          PROXY TCP6 ::1 2001:db8::2 0 65535~                  | For[source=/[0:0:0:0:0:0:0:1]:0, destination=/[2001:db8:0:0:0:0:0:2]:65535]
          PROXY TCP6 ::ffff:1.2.3.4 ::1 1 2~                   | For[source=/1.2.3.4:1, destination=/[0:0:0:0:0:0:0:1]:2]
          PROXY UNKNOWN~                                       | Own[]
          PROXY UNKNOWN ffff::1 ffff::2 65535 65535~           | Own[]
          PROXY UNKNOWN anything at all~                       | Own[]
          PRO                                                  | More[]
          PROXY TCP4 1.2.3.4 5.6.7.8 1000 8                    | More[]
          PROXY TCP4 1.2.3.4 5.6.7.8 1000 80^                  | Bad[reason=a line that does not end in CR LF]
          PROXY TCP4 1.2.3.4 5.6.7.8 1000~                     | Bad[reason=a line that is not of the form]
          PROXY TCP4 1.2.3.4 5.6.7.8 1000 80 9~                | Bad[reason=a line that is not of the form]
          PROXY UDP4 1.2.3.4 5.6.7.8 1000 80~                  | Bad[reason=a line that is not of the form]
          PROXY tcp4 1.2.3.4 5.6.7.8 1000 80~                  | Bad[reason=a line that is not of the form]
          PROXY  TCP4 1.2.3.4 5.6.7.8 1000 80~                 | Bad[reason=a line that is not of the form]
          PROXY ~                                              | Bad[reason=a line that is not of the form]
          PROXY TCP4 1.2.3.4  5.6.7.8 1000 80~                 | Bad[reason=a line that is not of the form]
          PROXY TCP4 ::1 ::2 1000 80~                          | Bad[reason=an address or port that is none]
          PROXY TCP6 1.2.3.4 5.6.7.8 1000 80~                  | Bad[reason=an address or port that is none]
          PROXY TCP4 01.2.3.4 5.6.7.8 1000 80~                 | Bad[reason=an address or port that is none]
          PROXY TCP4 1.2.3.4 example.com 1000 80~              | Bad[reason=an address or port that is none]
          PROXY TCP4 1.2.3.4 5.6.7.8 65536 80~                 | Bad[reason=an address or port that is none]
          PROXY TCP4 1.2.3.4 5.6.7.8 -1 80~                    | Bad[reason=an address or port that is none]
          PROXY TCP4 1.2.3.4 5.6.7.8 080 80~                   | Bad[reason=an address or port that is none]
          PROXY TCP6 fe80::1%lo ::1 1 2~                       | Bad[reason=an address or port that is none]
          GET / HTTP/1.1~                                      | Bad[reason=no PROXY protocol header]
          proxy TCP4 1.2.3.4 5.6.7.8 1000 80~                  | Bad[reason=no PROXY protocol header]
          """)
  void aLineOfVersionOneIsReadStrictly(String line, String expected) {
    String text = line.replace("~", "\r\n").replace("^", "\n");
    assertThat(ProxyHeader.read(ascii(text)).toString()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "21 11 000c 01020304050607080 3e80050, 'For[source=/1.2.3.4:1000, destination=/5.6.7.8:80]'",
    "21 11 0010 0102030405060708 03e80050 ee000100, 'For[source=/1.2.3.4:1000,"
        + " destination=/5.6.7.8:80]'",
    "21 21 0024 00000000000000000000000000000001 00000000000000000000000000000002 0001 0002,"
        + " 'For[source=/[0:0:0:0:0:0:0:1]:1, destination=/[0:0:0:0:0:0:0:2]:2]'",
    "20 00 0000, Own[]",
    "20 11 000c 0102030405060708 03e80050, Own[]",
    "20 ff 0002 abcd, Own[]",
    "21 00 0000, Own[]",
    "21 00 0003 aabbcc, Own[]",
    "21 12 000c 0102030405060708 03e80050, Own[]",
    "21 31 0000, Own[]",
    "21 11, More[]",
    "21 11 000c 01020304, More[]",
    "21 11 000b 0102030405060708 03e800, Bad[reason=a length that has no room for its addresses]",
    "21 21 000c 0102030405060708 03e80050, Bad[reason=a length that has no room for its addresses]",
    "21 13 0000, Bad[reason=an address family that does not exist]",
    "21 41 0000, Bad[reason=an address family that does not exist]",
    "22 11 0000, Bad[reason=a version or command that does not exist]",
    "11 11 0000, Bad[reason=a version or command that does not exist]",
    "31 11 0000, Bad[reason=a version or command that does not exist]",
    "21 11 ffff, Bad[reason=more than 4096 bytes]",
    "20 00 0ff1, Bad[reason=more than 4096 bytes]",
  })
  void versionTwoIsReadStrictly(String hex, String expected) {
    assertThat(ProxyHeader.read(bytes(SIGNATURE + hex)).toString()).isEqualTo(expected);
  }

  @Test
  void whatFollowsIsLeft() {
    ByteBuf text = ascii("PROXY TCP4 1.2.3.4 5.6.7.8 1000 80\r\nGET /");
    ProxyHeader.read(text);
    assertThat(text.toString(StandardCharsets.US_ASCII)).isEqualTo("GET /");
    ByteBuf binary = bytes(SIGNATURE + "20000000" + "474554");
    ProxyHeader.read(binary);
    assertThat(binary.toString(StandardCharsets.US_ASCII)).isEqualTo("GET");
  }

  @Test
  void aHeaderMayComeByteByByte() {
    for (String hex :
        new String[] {
          HexFormat.of()
              .formatHex("PROXY TCP6 ::1 ::2 1 2\r\n".getBytes(StandardCharsets.US_ASCII)),
          SIGNATURE + "2111000f010203040506070803e80050aabbcc"
        }) {
      ByteBuf whole = bytes(hex);
      for (int i = 0; i < whole.readableBytes(); i++) {
        assertThat(ProxyHeader.read(whole.slice(0, i))).isEqualTo(new ProxyHeader.More());
      }
      assertThat(ProxyHeader.read(whole)).isInstanceOf(ProxyHeader.For.class);
    }
  }

  @Test
  void aLineThatDoesNotEndIsNotWaitedFor() {
    assertThat(ProxyHeader.read(ascii("PROXY UNKNOWN " + "x".repeat(92))))
        .isEqualTo(new ProxyHeader.More());
    assertThat(ProxyHeader.read(ascii("PROXY UNKNOWN " + "x".repeat(93))))
        .isInstanceOf(ProxyHeader.Bad.class);
    assertThat(ProxyHeader.read(ascii("PROXY UNKNOWN" + "x".repeat(92) + "\r\n")))
        .isInstanceOf(ProxyHeader.Bad.class);
  }

  @Test
  void noBytesMakeItThrowOrReadTooFar() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    String[] starts = {
      SIGNATURE, SIGNATURE + "21", SIGNATURE + "2111", "50524f585920", "50524f5859205443503420"
    };
    for (int i = 0; i < 50_000; i++) {
      byte[] tail = new byte[random.nextInt(60)];
      random.nextBytes(tail);
      ByteBuf in = bytes(starts[i % starts.length] + HexFormat.of().formatHex(tail));
      int before = in.readableBytes();
      ProxyHeader header = ProxyHeader.read(in);
      boolean taken = header instanceof ProxyHeader.Own || header instanceof ProxyHeader.For;
      assertThat(in.readableBytes() < before).isEqualTo(taken);
    }
  }

  @Test
  void portsAreUnsigned() {
    ByteBuf in = bytes(SIGNATURE + "2111000c0102030405060708ffff8000");
    assertThat(ProxyHeader.read(in))
        .isEqualTo(
            new ProxyHeader.For(
                new InetSocketAddress("1.2.3.4", 65_535),
                new InetSocketAddress("5.6.7.8", 32_768)));
  }

  private static ByteBuf ascii(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
  }

  private static ByteBuf bytes(String hex) {
    return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
