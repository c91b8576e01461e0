package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The musts of RFC 9112 and the known ways to smuggle requests, row by row; each row whole, byte
/// by byte and cut in two at every place.
class MessageTableTest {
  private final RequestHead request = new RequestHead(Limits.DEFAULT);
  private final ResponseHead response = new ResponseHead(Limits.DEFAULT);
  private final BodyReader body = new BodyReader(Limits.DEFAULT);

  static List<Table.Row> requests() {
    return Table.rows("requests.table");
  }

  static List<Table.Row> responses() {
    return Table.rows("responses.table");
  }

  static List<Table.Row> bodies() {
    return Table.rows("bodies.table");
  }

  @Test
  void theTablesAreLargeEnough() {
    assertThat(requests()).hasSizeGreaterThan(200);
    assertThat(responses()).hasSizeGreaterThan(50);
    assertThat(bodies()).hasSizeGreaterThan(70);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void aRequestIsJudgedAlikeHoweverItIsCut(Table.Row row) {
    byte[] message = row.bytes();
    check(row, Table.cutEverywhere(message, cuts -> Described.request(request, message, cuts)));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void anAnswerIsJudgedAlikeHoweverItIsCut(Table.Row row) {
    String text = row.text();
    int asked = text.indexOf(">HTTP");
    Method method = asked < 0 ? Method.GET : Method.valueOf(text.substring(0, asked));
    byte[] message = Table.ascii(Table.expand(text.substring(asked + 1)));
    check(
        row,
        Table.cutEverywhere(message, cuts -> Described.response(response, method, message, cuts)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBodyIsFollowedAlikeHoweverItIsCut(Table.Row row) {
    String[] parts = row.text().split(" ", 2);
    byte[] message = Table.expand(parts[1]).getBytes(StandardCharsets.ISO_8859_1);
    Runnable start =
        switch (parts[0]) {
          case "chunked" -> () -> body.start(Framing.CHUNKED, -1);
          case "close" -> () -> body.start(Framing.UNTIL_CLOSE, -1);
          case "none" -> () -> body.start(Framing.NONE, -1);
          default -> () -> body.start(Framing.LENGTH, Long.parseLong(parts[0]));
        };
    check(row, Table.cutEverywhere(message, cuts -> Described.body(body, start, message, cuts)));
  }

  private static void check(Table.Row row, List<String> descriptions) {
    assertThat(descriptions).containsOnly(descriptions.getFirst());
    assertThat(Arrays.asList(descriptions.getFirst().split(" "))).containsAll(row.words());
  }
}
