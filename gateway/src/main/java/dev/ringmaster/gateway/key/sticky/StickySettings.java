package dev.ringmaster.gateway.key.sticky;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// How sticky cookies are signed, and how long browsers keep them.
public final class StickySettings {
  private static final String ALGORITHM = "HmacSHA256";

  /// The secret has other uses; what is signed here must say nothing about them.
  private static final byte[] PURPOSE = "ringmaster sticky cookie 1".getBytes(UTF_8);

  private final SecretKeySpec key;
  private final @Nullable Duration maxAge;

  private StickySettings(SecretKeySpec key, @Nullable Duration maxAge) {
    this.key = key;
    this.maxAge = maxAge;
  }

  /// Settings for a secret, from which the signing key is derived.
  ///
  /// @param secret at least 16 bytes; whoever knows them can make cookies
  /// @param maxAge how long browsers keep the cookie, in whole seconds; null: until they are closed
  public static StickySettings of(byte[] secret, @Nullable Duration maxAge) {
    if (secret.length < 16) {
      throw new IllegalArgumentException(
          "a secret for sticky cookies has at least 16 bytes, not " + secret.length);
    }
    if (maxAge != null && maxAge.toSeconds() < 1) {
      throw new IllegalArgumentException("a cookie's greatest age is at least 1 s, not " + maxAge);
    }
    byte[] derived = mac(new SecretKeySpec(secret, ALGORITHM)).doFinal(PURPOSE);
    return new StickySettings(new SecretKeySpec(derived, ALGORITHM), maxAge);
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /// A new MAC with the signing key.
  Mac mac() {
    return mac(key);
  }

  @Nullable Duration maxAge() {
    return maxAge;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StickySettings that
        && Arrays.equals(key.getEncoded(), that.key.getEncoded())
        && Objects.equals(maxAge, that.maxAge);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(key.getEncoded());
  }

  /// The key stays out of logs.
  @Override
  public String toString() {
    return "StickySettings[maxAge=" + maxAge + "]";
  }
}
