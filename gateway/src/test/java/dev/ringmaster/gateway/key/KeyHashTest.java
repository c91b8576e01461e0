package dev.ringmaster.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.ring.hash.HashFunction;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {
  private static final HashFunction XXH3 = HashFunction.xxh3(0);
  private static final byte[] CLIENT = {10, 0, 0, 7};

  private static RequestHead head(String target, String... headers) {
    String text = "GET " + target + " HTTP/1.1\r\nHost: t\r\n" + String.join("\r\n", headers);
    RequestHead head = new RequestHead(Limits.DEFAULT);
    String whole = text + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    assertThat(head.parse(Unpooled.copiedBuffer(whole, StandardCharsets.ISO_8859_1)))
        .isEqualTo(Outcome.COMPLETE);
    return head;
  }

  private static long hash(String rule, RequestHead head) {
    return new KeyHash(KeyRule.parse(rule), XXH3).hash(head, CLIENT, new SplittableRandom(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uri|/a/b?x=1&y=2",
        "path|/a/b",
        "query:x|1",
        "query:y|2",
        "header:x-user|anna",
        "cookie:sid|s-1",
        "cookie:other|o=2",
        "header:absent,query:absent,cookie:sid|s-1",
        "header:empty,path|/a/b",
      })
  void theKeyIsTheBytesOfItsPlace(String rule, String key) {
    RequestHead head =
        head(
            "/a/b?x=1&y=2&x=3",
            "X-User: anna",
            "X-User: bert",
            "Empty:",
            "Cookie: a=1; sid=s-1",
            "Cookie: other=o=2; sid=s-2");
    String wanted = rule.equals("uri") ? "/a/b?x=1&y=2&x=3" : key;
    assertThat(hash(rule, head)).isEqualTo(XXH3.hash(wanted));
  }

  @Test
  void aNameIsNotFoundInsideAnother() {
    RequestHead head = head("/?xuser=1&user=2", "Cookie: xsid=1; sid=2");
    assertThat(hash("query:user", head)).isEqualTo(XXH3.hash("2"));
    assertThat(hash("cookie:sid", head)).isEqualTo(XXH3.hash("2"));
  }

  @Test
  void theClientAddressIsHashedAsItsBytes() {
    assertThat(hash("client-address", head("/"))).isEqualTo(XXH3.hash(CLIENT));
  }

  @Test
  void aRequestWithoutAnyOfTheKeysDrawsOne() {
    long drawn = new SplittableRandom(1).nextLong();
    assertThat(hash("header:x", head("/"))).isEqualTo(drawn);
    assertThat(hash("random", head("/"))).isEqualTo(drawn);
  }

  @Test
  void anAbsoluteTargetHasTheKeyOfItsPath() {
    RequestHead head = head("http://t/a?b=c");
    assertThat(hash("uri", head)).isEqualTo(XXH3.hash("/a?b=c"));
    assertThat(hash("path", head)).isEqualTo(XXH3.hash("/a"));
  }

  @Test
  void theSourceIsThePlaceThatGaveTheKey() {
    KeyHash keys = new KeyHash(KeyRule.parse("header:x,query:y"), XXH3);
    assertThat(keys.source(keys.place(head("/?y=1"))).text()).isEqualTo("query:y");
    assertThat(keys.source(keys.place(head("/", "X: 1"))).text()).isEqualTo("header:x");
    assertThat(keys.source(keys.place(head("/"))).text()).isEqualTo("random");
  }
}
