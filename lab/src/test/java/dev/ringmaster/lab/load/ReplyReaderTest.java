package dev.ringmaster.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplyReaderTest {

  @Test
  void aBodyOfKnownLengthIsReadToItsEndAndNoFurther() throws IOException {
    ReplyReader reader =
        reader(
            """
            HTTP/1.1 200 OK\r
            content-length: 5\r
            \r
            helloHTTP/1.1 404 Not Found\r
            Content-Length: 0\r
            \r
            """);
    assertThat(reader.read(false)).isEqualTo(new Reply(200, "hello", true));
    assertThat(reader.read(false)).isEqualTo(new Reply(404, "", true));
  }

  @Test
  void chunksAreJoinedAndTheirExtensionsAndTrailersDropped() throws IOException {
    ReplyReader reader =
        reader(
            """
            HTTP/1.1 200 OK\r
            Transfer-Encoding: chunked\r
            \r
            5;x=1\r
            hello\r
            A\r
            , my world\r
            0\r
            X-Sum: 1\r
            \r
            HTTP/1.1 204 No Content\r
            \r
            """);
    assertThat(reader.read(false).text()).isEqualTo("hello, my world");
    assertThat(reader.read(false).status()).isEqualTo(204);
  }

  @Test
  void interimAnswersArePassedOver() throws IOException {
    String text =
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na";
    assertThat(reader(text).read(false)).isEqualTo(new Reply(200, "a", true));
  }

  @Test
  void aConnectionThatTheServerClosesIsNotUsedAgain() throws IOException {
    String close = "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\na";
    String noLength = "HTTP/1.1 200 OK\r\n\r\nall until the end";
    String old = "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na";
    assertThat(reader(close).read(false).reusable()).isFalse();
    assertThat(reader(noLength).read(false)).isEqualTo(new Reply(200, "all until the end", false));
    assertThat(reader(old).read(false).reusable()).isFalse();
  }

  @Test
  void theAnswerToHeadHasNoBodyWhateverItsLengthSays() throws IOException {
    String text = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
    assertThat(reader(text).read(true)).isEqualTo(new Reply(200, "", true));
  }

  @Test
  void anAnswerCutShortIsAClosedConnection() {
    assertFailure("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal", Failure.CLOSED);
    assertFailure("HTTP/1.1 200 OK\r\nConte", Failure.CLOSED);
    assertFailure("", Failure.CLOSED);
  }

  @Test
  void whatIsNotHttpOrTooLargeIsMalformed() {
    assertFailure("SSH-2.0-OpenSSH\r\n\r\n", Failure.MALFORMED);
    assertFailure("HTTP/1.1 abc OK\r\n\r\n", Failure.MALFORMED);
    assertFailure("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n", Failure.MALFORMED);
    assertFailure("HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n", Failure.MALFORMED);
    assertFailure("HTTP/1.1 200 OK\r\nX: " + "a".repeat(40_000) + "\r\n\r\n", Failure.MALFORMED);
    assertFailure("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Failure.MALFORMED);
  }

  @Test
  void bytesThatComeOneByOneMakeTheSameAnswer() throws IOException {
    byte[] bytes =
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".getBytes(StandardCharsets.UTF_8);
    InputStream slow =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(1, length));
          }

          @Override
          public int read(byte[] into) {
            return read(into, 0, into.length);
          }
        };
    assertThat(new ReplyReader(slow).read(false)).isEqualTo(new Reply(200, "hello", true));
  }

  @Test
  void theReplicaIsReadFromItsGreeting() {
    assertThat(new Reply(200, "{\"message\":\"Hello from Server: web-3\"}", true).server())
        .isEqualTo("web-3");
    assertThat(new Reply(200, "{\"message\":\"Hello from Server: 3", true).server()).isNull();
    assertThat(new Reply(200, "something else", true).server()).isNull();
  }

  private static void assertFailure(String text, Failure failure) {
    assertThatThrownBy(() -> reader(text).read(false))
        .isInstanceOfSatisfying(
            ExchangeFailure.class, e -> assertThat(e.failure()).isEqualTo(failure));
  }

  private static ReplyReader reader(String text) {
    return new ReplyReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
