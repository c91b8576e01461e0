package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
  private final BodyReader reader = new BodyReader(Limits.DEFAULT);

  @Test
  void rawBytesEndWhereTheMessageEnds() {
    ByteBuf in = buffer("3\r\nabc\r\n0\r\nX: y\r\n\r\nGET /next");
    reader.start(Framing.CHUNKED, -1);

    int taken = reader.raw(in);

    assertThat(in.readerIndex()).isZero();
    in.skipBytes(taken);
    assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("GET /next");
    assertThat(reader.state()).isEqualTo(BodyReader.State.ENDED);
    assertThat(reader.raw(in)).isZero();
  }

  @Test
  void closingEndsABodyThatIsFramedByIt() {
    reader.start(Framing.UNTIL_CLOSE, -1);
    assertThat(reader.raw(buffer("abc"))).isEqualTo(3);
    assertThat(reader.close()).isEqualTo(BodyReader.State.ENDED);
    assertThat(reader.contentBytes()).isEqualTo(3);
  }

  @Test
  void closingCutsAnyOtherBodyShort() {
    reader.start(Framing.LENGTH, 5);
    reader.raw(buffer("abc"));
    assertThat(reader.close()).isEqualTo(BodyReader.State.MALFORMED);
    assertThat(reader.fault()).isEqualTo(BodyFault.CUT_SHORT);
    reader.start(Framing.CHUNKED, -1);
    reader.raw(buffer("3\r\nabc\r\n"));
    assertThat(reader.close()).isEqualTo(BodyReader.State.MALFORMED);
  }

  @Test
  void closingAfterTheEndIsNoFault() {
    reader.start(Framing.LENGTH, 3);
    reader.raw(buffer("abc"));
    assertThat(reader.close()).isEqualTo(BodyReader.State.ENDED);
  }

  @Test
  void contentBeyondTheLimitIsRefusedWhereItBegins() {
    BodyReader small = new BodyReader(new Limits(1024, 512, 512, 8, 0, 4, 16, 16));
    small.start(Framing.CHUNKED, -1);
    assertThat(small.raw(buffer("3\r\nabc\r\n"))).isEqualTo(8);
    assertThat(small.raw(buffer("2\r\nde\r\n"))).isZero();
    assertThat(small.fault()).isEqualTo(BodyFault.BODY_TOO_LARGE);
    RequestHead head = new RequestHead(new Limits(1024, 512, 512, 8, 0, 4, 16, 16));
    head.parse(buffer("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"));
    assertThat(head.rejection()).isEqualTo(Rejection.LENGTH_TOO_LARGE);
  }

  @Test
  void aReaderIsUsedAgainAfterAMalformedBody() {
    reader.start(Framing.CHUNKED, -1);
    reader.raw(buffer("zz"));
    reader.start(Framing.CHUNKED, -1);
    assertThat(reader.raw(buffer("0\r\n\r\n"))).isEqualTo(5);
    assertThat(reader.fault()).isNull();
  }

  private static ByteBuf buffer(String text) {
    return Unpooled.wrappedBuffer(Table.ascii(text));
  }
}
