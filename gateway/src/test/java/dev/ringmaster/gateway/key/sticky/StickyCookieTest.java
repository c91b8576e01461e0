package dev.ringmaster.gateway.key.sticky;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class StickyCookieTest {
  private static final byte[] SECRET = "0123456789abcdef".getBytes(US_ASCII);
  private static final StickySettings SETTINGS = StickySettings.of(SECRET, null);

  private static StickyCookie cookie() {
    return new StickyCookie(SETTINGS, "rm");
  }

  private static String issued(StickyCookie cookie) {
    String line = new String(cookie.issue(new SplittableRandom(1), false), US_ASCII);
    assertThat(line).startsWith("Set-Cookie: rm=");
    return line.substring("Set-Cookie: rm=".length(), line.indexOf(';'));
  }

  private static boolean accepted(StickyCookie cookie, String value) {
    byte[] bytes = ("xx" + value + "yy").getBytes(US_ASCII);
    return cookie.check(bytes, 2, bytes.length - 2);
  }

  @Test
  void aCookieThatWasGivenIsKnownAgainByAnotherWithTheSameSecret() {
    StickyCookie before = cookie();
    String value = issued(before);
    byte[] key = before.key().clone();
    StickyCookie after = new StickyCookie(StickySettings.of(SECRET, null), "rm");
    assertThat(accepted(after, value)).isTrue();
    assertThat(after.key()).isEqualTo(key);
  }

  @Test
  void theValueIsKeyAndTagInBase64() throws Exception {
    StickyCookie cookie = cookie();
    byte[] value = Base64.getUrlDecoder().decode(issued(cookie));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    byte[] derived = mac.doFinal("ringmaster sticky cookie 1".getBytes(US_ASCII));
    mac.init(new SecretKeySpec(derived, "HmacSHA256"));
    mac.update("rm\0".getBytes(US_ASCII));
    byte[] tag = mac.doFinal(cookie.key());
    assertThat(value).hasSize(32).startsWith(cookie.key());
    assertThat(value[16]).isEqualTo(tag[0]);
    assertThat(value[31]).isEqualTo(tag[15]);
  }

  @Test
  void theLineHasItsAttributes() {
    StickySettings kept = StickySettings.of(SECRET, Duration.ofDays(1));
    StickyCookie cookie = new StickyCookie(kept, "sid");
    SplittableRandom random = new SplittableRandom(3);
    assertThat(new String(cookie.issue(random, true), US_ASCII))
        .matches(
            "Set-Cookie: sid=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400; Secure\r\n");
    assertThat(new String(cookie().issue(random, false), US_ASCII))
        .matches("Set-Cookie: rm=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax\r\n");
  }

  @Test
  void aValueWithAnyCharacterChangedIsForged() {
    StickyCookie cookie = cookie();
    String value = issued(cookie);
    for (int i = 0; i < value.length(); i++) {
      for (char c : "ABab01-_.=/ é".toCharArray()) {
        String changed = value.substring(0, i) + c + value.substring(i + 1);
        assertThat(accepted(cookie, changed)).as(changed).isEqualTo(changed.equals(value));
      }
    }
  }

  @Test
  void aValueOfAnotherLengthIsForged() {
    StickyCookie cookie = cookie();
    String value = issued(cookie);
    assertThat(accepted(cookie, value)).isTrue();
    assertThat(accepted(cookie, "")).isFalse();
    assertThat(accepted(cookie, value.substring(1))).isFalse();
    assertThat(accepted(cookie, value + "A")).isFalse();
  }

  @Test
  void aCookieOfAnotherNameOrSecretIsForeign() {
    String value = issued(cookie());
    byte[] other = "another secret!!".getBytes(US_ASCII);
    assertThat(accepted(new StickyCookie(SETTINGS, "sid"), value)).isFalse();
    assertThat(accepted(new StickyCookie(StickySettings.of(other, null), "rm"), value)).isFalse();
  }

  @Test
  void keysDiffer() {
    StickyCookie cookie = cookie();
    SplittableRandom random = new SplittableRandom(5);
    cookie.issue(random, false);
    byte[] first = cookie.key().clone();
    cookie.issue(random, false);
    assertThat(cookie.key()).isNotEqualTo(first);
  }

  @Test
  void theSecretIsNotShownAndNotShort() {
    assertThat(SETTINGS).hasToString("StickySettings[maxAge=null]");
    assertThat(SETTINGS).isEqualTo(StickySettings.of(SECRET, null));
    assertThatThrownBy(() -> StickySettings.of(new byte[15], null))
        .hasMessageContaining("at least 16 bytes");
    assertThatThrownBy(() -> StickySettings.of(SECRET, Duration.ofMillis(999)))
        .hasMessageContaining("at least 1 s");
  }
}
