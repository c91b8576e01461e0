package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final ByteBuf out = Unpooled.buffer();

  @Test
  void aFailureHasTheContractsForm() {
    Answers.failure(
        out, Answers.Failure.of(503, "no replica serves"), Persistence.IMPLIED, Method.GET);
    assertThat(text())
        .isEqualTo(
            Table.lines(
                "HTTP/1.1 503 Service Unavailable",
                "Content-Type: application/json",
                "Retry-After: 1",
                "Content-Length: 58",
                "",
                "{\"message\":\"<Error> no replica serves\",\"status\":\"failure\"}"));
  }

  @Test
  void aFailureEscapesWhatComesFromOutside() {
    Answers.failure(
        out, Answers.Failure.of(400, "'/\"\\\r\n\u00e9'"), Persistence.CLOSE, Method.GET);
    assertThat(text())
        .endsWith(
            "{\"message\":\"<Error> '/\\\"\\\\\\u000d\\u000a\u00e9'\",\"status\":\"failure\"}")
        .contains("\r\nConnection: close\r\n");
  }

  @Test
  void anAnswerToHeadIsItsHead() {
    Answers.failure(
        out,
        new Answers.Failure(405, "no", Map.of("Allow", "GET")),
        Persistence.STATED,
        Method.HEAD);
    assertThat(text())
        .isEqualTo(
            Table.lines(
                "HTTP/1.1 405 Method Not Allowed",
                "Content-Type: application/json",
                "Allow: GET",
                "Content-Length: 43",
                "Connection: keep-alive",
                "",
                ""));
  }

  @Test
  void aHeaderCannotSmuggleALine() {
    Answers.Content content =
        new Answers.Content(200, Map.of("X", "a\r\nSet-Cookie: b"), new byte[0]);
    assertThatThrownBy(() -> Answers.answer(out, content, Persistence.IMPLIED, Method.GET))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyAnswerCanBeReadBack() {
    for (int status : new int[] {200, 299, 400, 431, 505, 599}) {
      out.clear();
      Answers.answer(
          out,
          new Answers.Content(status, Map.of("X-Y", "z"), Table.ascii("body")),
          Persistence.IMPLIED,
          Method.GET);
      ResponseHead head = new ResponseHead(Limits.DEFAULT);
      assertThat(head.parse(out)).isEqualTo(Outcome.COMPLETE);
      assertThat(head.status()).isEqualTo(status);
      assertThat(head.contentLength()).isEqualTo(out.readableBytes());
    }
  }

  @Test
  void continueIsAnInterimAnswer() {
    Answers.proceed(out);
    ResponseHead head = new ResponseHead(Limits.DEFAULT);
    assertThat(head.parse(out)).isEqualTo(Outcome.COMPLETE);
    assertThat(head.interim()).isTrue();
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
