package dev.ringmaster.gateway.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same generated requests through Netty's decoder: whatever we let through, Netty reads the
/// same way. The other direction does not hold and need not: we refuse, and Netty's decoder leaves
/// to its user, a missing or wrong Host, targets and methods, codings other than chunked and
/// expectations; it also merges equal Content-Lengths.
class NettyDifferentialTest {
  private static final int ROUNDS = 20_000;
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "HEAD", "OPTIONS", "M-SEARCH", "get", "G\tT", "", " GET");
  private static final List<String> TARGETS =
      List.of("/", "/a?b", "*", "http://a/b", "/%41", "/\u00e9", "/a b", "", "a", "/a#b", "/\0");
  private static final List<String> VERSIONS =
      List.of(
          "HTTP/1.1", "HTTP/1.0", "HTTP/1.1", "HTTP/1.2", "HTTP/2.0", "http/1.1", "HTTP/1.1 ", "");
  private static final List<String> LINES =
      List.of(
          "Host: a",
          "Host: a",
          "Host : a",
          "X: y",
          "X:",
          "X:\ty \t",
          "x!: \u00e9",
          "X y: z",
          " X: y",
          "Content-Length: 3",
          "content-length:3",
          "Content-Length: +3",
          "Content-Length: 3, 3",
          "Content-Length: ",
          "Content-Length: 99999999999999999999",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: CHUNKED",
          "Transfer-Encoding: gzip",
          "Transfer-Encoding: \u000bchunked",
          "Connection: close",
          "Connection: keep-alive",
          "Connection: a b",
          "Expect: 100-continue",
          "Expect: x",
          "X: a\rb",
          "X: a\nb",
          "X: a\0b",
          ": x",
          "X",
          "\u0001X: y",
          "Cookie: a=b; c=d");
  private static final List<String> ENDS =
      List.of("\r\n", "\r\n", "\r\n", "\r\n", "\r\n", "\n", "\r");

  private final SplittableRandom random = new SplittableRandom(9112);

  @Test
  void whatWeLetThroughNettyReadsTheSameWay() {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    int both = 0;
    int stricter = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String message = message();
      head.reset();
      boolean ours = head.parse(Unpooled.wrappedBuffer(Table.ascii(message))) == Outcome.COMPLETE;
      String theirs = netty(message);
      if (ours) {
        assertThat(ours(head)).as(Described.shown(message)).isEqualTo(theirs);
        both++;
      } else {
        stricter += theirs == null ? 0 : 1;
      }
    }
    assertThat(both).as("let through by both").isGreaterThan(ROUNDS / 50);
    assertThat(stricter).as("refused by us only").isGreaterThan(ROUNDS / 50);
  }

  private String message() {
    boolean plain = random.nextInt(3) > 0;
    StringBuilder message = new StringBuilder();
    message.append(plain ? METHODS.get(random.nextInt(6)) : any(METHODS)).append(' ');
    message.append(plain ? "/a?b" : any(TARGETS)).append(' ');
    message.append(plain ? "HTTP/1.1" : any(VERSIONS)).append(end(plain));
    if (plain) {
      message.append("Host: a\r\n");
    }
    int lines = random.nextInt(4);
    for (int i = 0; i < lines; i++) {
      message.append(any(LINES)).append(end(random.nextInt(4) > 0));
    }
    return message.append(end(plain)).append("\r\n".repeat(random.nextInt(2))).toString();
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String end(boolean plain) {
    return plain ? "\r\n" : any(ENDS);
  }

  private static String ours(RequestHead head) {
    StringBuilder words = new StringBuilder();
    words.append(head.text(head.methodFrom(), head.methodTo())).append(' ');
    words.append(head.text(head.targetFrom(), head.targetTo()));
    words
        .append(head.framing() == Framing.CHUNKED ? " chunked " : " ")
        .append(head.contentLength());
    words.append(' ').append(head.keepAlive());
    for (int i = 0; i < head.headerCount(); i++) {
      words.append('|').append(head.text(head.nameFrom(i), head.nameTo(i)));
      words.append('=').append(head.valueText(i));
    }
    return words.toString();
  }

  /// What Netty made of the message, or null if it refused it or wants more.
  private static @Nullable String netty(String message) {
    HttpDecoderConfig config = new HttpDecoderConfig().setMaxInitialLineLength(65_536);
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(config));
    channel.writeInbound(Unpooled.wrappedBuffer(message.getBytes(ISO_8859_1)));
    Object first = channel.readInbound();
    String words = first instanceof HttpRequest request ? theirs(request) : null;
    while (first != null) {
      ReferenceCountUtil.release(first);
      first = channel.readInbound();
    }
    channel.finishAndReleaseAll();
    return words;
  }

  private static @Nullable String theirs(HttpRequest request) {
    if (request.decoderResult().isFailure() || request instanceof LastHttpContent) {
      return null;
    }
    StringBuilder words = new StringBuilder();
    words.append(request.method()).append(' ').append(request.uri());
    words.append(HttpUtil.isTransferEncodingChunked(request) ? " chunked " : " ");
    words.append(HttpUtil.getContentLength(request, -1L));
    boolean keep = HttpUtil.isKeepAlive(request);
    words.append(' ').append(keep);
    request
        .headers()
        .forEach(h -> words.append('|').append(h.getKey()).append('=').append(h.getValue()));
    return words.toString();
  }
}
