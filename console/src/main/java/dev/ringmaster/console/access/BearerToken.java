package dev.ringmaster.console.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The secret that a client names to change the fleet (RFC 6750, section 2.1).
public final class BearerToken {
  private static final String SCHEME = "Bearer ";
  private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

  private final byte[] secret;

  private BearerToken(byte[] secret) {
    this.secret = secret;
  }

  /// The token of this text, without the white space around it.
  ///
  /// @throws IllegalArgumentException if it is not a b64token of RFC 6750; the message does not
  ///   repeat it
  public static BearerToken of(String text) {
    String token = text.strip();
    if (!SYNTAX.matcher(token).matches()) {
      throw new IllegalArgumentException(
          "a token is one line of letters, digits and . _ ~ + / -, with = at its end only");
    }
    return new BearerToken(token.getBytes(UTF_8));
  }

  /// Whether an Authorization header carries this token. The time it takes says nothing about how
  /// much of it is right.
  public boolean opens(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return false;
    }
    byte[] offered = authorization.substring(SCHEME.length()).strip().getBytes(UTF_8);
    return MessageDigest.isEqual(secret, offered);
  }

  /// Names no part of the secret.
  @Override
  public String toString() {
    return "BearerToken[…]";
  }
}
