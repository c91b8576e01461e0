package dev.ringmaster.gateway.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.http1.Limits;
import dev.ringmaster.gateway.http1.Outcome;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.key.StickyKey.Found;
import dev.ringmaster.gateway.key.sticky.StickySettings;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StickyKeyTest {
  private final StickyKey sticky =
      new StickyKey(
          StickySettings.of("0123456789abcdef".getBytes(US_ASCII), null),
          new KeySource.Sticky("rm"));

  private static RequestHead head(String... cookies) {
    RequestHead head = new RequestHead(Limits.DEFAULT);
    StringBuilder text = new StringBuilder("GET / HTTP/1.1\r\nHost: t\r\n");
    for (String cookie : cookies) {
      text.append("Cookie: ").append(cookie).append("\r\n");
    }
    assertThat(head.parse(Unpooled.copiedBuffer(text + "\r\n", US_ASCII)))
        .isEqualTo(Outcome.COMPLETE);
    return head;
  }

  private String issued() {
    String line = new String(sticky.cookie().issue(new SplittableRandom(1), false), US_ASCII);
    return line.substring("Set-Cookie: ".length(), line.indexOf(';'));
  }

  @Test
  void aCookieThatWasGivenIsFoundAmongOthers() {
    String cookie = issued();
    byte[] key = sticky.cookie().key().clone();
    for (RequestHead head :
        new RequestHead[] {
          head(cookie),
          head("a=1; " + cookie + "; b=2"),
          head("rm=; a=b", cookie),
          head("rm=forged; " + cookie),
          head("rm=forged", "rm=forged; " + cookie)
        }) {
      assertThat(sticky.find(head)).isEqualTo(Found.VALID);
      assertThat(sticky.cookie().key()).isEqualTo(key);
    }
  }

  @Test
  void noneIsToldFromForged() {
    String cookie = issued();
    assertThat(sticky.find(head())).isEqualTo(Found.NONE);
    assertThat(sticky.find(head("a=1; xrm=2"))).isEqualTo(Found.NONE);
    assertThat(sticky.find(head("rm=forged"))).isEqualTo(Found.FORGED);
    assertThat(sticky.find(head(cookie + "x"))).isEqualTo(Found.FORGED);
    assertThat(sticky.find(head("RM" + cookie.substring(2)))).isEqualTo(Found.NONE);
  }

  @Test
  void onlyAFewCookiesOfOneRequestAreChecked() {
    assertThat(sticky.find(head("rm=a; rm=b; rm=c; rm=d; " + issued()))).isEqualTo(Found.FORGED);
  }
}
