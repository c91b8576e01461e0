package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestHeadTest {
  private final RequestHead head = new RequestHead(Limits.DEFAULT);

  @Test
  void aHeadIsAnIndexOverItsBytes() {
    ByteBuf in =
        bytes(
            Table.lines(
                "",
                "POST /a/b?c=d HTTP/1.1",
                "Host: example.com:8080",
                "content-LENGTH:3",
                "X-Empty:",
                "X-Thing: \t a b \t",
                "",
                "abcGET"));

    assertThat(head.parse(in)).isEqualTo(Outcome.COMPLETE);

    assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("abcGET");
    assertThat(head.method()).isEqualTo(Method.POST);
    assertThat(head.text(head.methodFrom(), head.methodTo())).isEqualTo("POST");
    assertThat(head.text(head.targetFrom(), head.targetTo())).isEqualTo("/a/b?c=d");
    assertThat(head.text(head.pathFrom(), head.pathTo())).isEqualTo("/a/b");
    assertThat(head.text(head.queryFrom(), head.queryTo())).isEqualTo("c=d");
    assertThat(head.text(head.hostFrom(), head.hostTo())).isEqualTo("example.com:8080");
    assertThat(head.headerCount()).isEqualTo(4);
    assertThat(head.known(1)).isEqualTo(KnownHeader.CONTENT_LENGTH);
    assertThat(head.find(KnownHeader.COOKIE)).isEqualTo(-1);
    assertThat(head.valueText(2)).isEmpty();
    assertThat(head.valueText(head.find(ascii("x-thing")))).isEqualTo("a b");
    assertThat(head.framing()).isEqualTo(Framing.LENGTH);
    assertThat(head.contentLength()).isEqualTo(3);
    assertThat(head.keepAlive()).isTrue();
  }

  @Test
  void aHeadIsUsedAgainForTheNextRequestOfAPipeline() {
    ByteBuf in = bytes("GET /1 HTTP/1.1\r\nHost: a\r\nCookie: x\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
    assertThat(head.parse(in)).isEqualTo(Outcome.COMPLETE);
    head.reset();

    assertThat(head.parse(in)).isEqualTo(Outcome.COMPLETE);

    assertThat(head.text(head.targetFrom(), head.targetTo())).isEqualTo("/2");
    assertThat(head.has(KnownHeader.COOKIE)).isFalse();
    assertThat(head.minorVersion()).isZero();
    assertThat(head.keepAlive()).isFalse();
    assertThat(in.isReadable()).isFalse();
  }

  @Test
  void theInputMayBeOverwrittenWhileTheHeadLives() {
    ByteBuf in = bytes("GET /stays HTTP/1.1\r\nHost: a\r\n\r\n");
    head.parse(in);

    in.setZero(0, in.capacity());

    assertThat(head.text(head.targetFrom(), head.targetTo())).isEqualTo("/stays");
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
