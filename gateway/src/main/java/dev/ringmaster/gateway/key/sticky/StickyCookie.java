package dev.ringmaster.gateway.key.sticky;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;

/// Makes and checks the values of one sticky cookie.
///
///     value = base64url(key ‖ tag), 43 characters without padding
///     key   = 16 random bytes
///     tag   = the first 16 bytes of HMAC-SHA-256(signing key, cookie name 0x00 key)
///
/// So a client cannot choose its key. The key is the client's, not a service's: all services of a
/// host that ask for a cookie of this name get the same one from a browser, and each hashes its key
/// for itself. The tag is compared in constant time. For one thread: the buffers inside are used
/// again.
public final class StickyCookie {
  /// The bytes of a key.
  public static final int KEY_BYTES = 16;

  private static final int TAG_BYTES = 16;
  private static final int VALUE_CHARS = 43;
  private static final int CHAR_BITS = 6;
  private static final int HASH_BYTES = 32;
  private static final byte[] ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".getBytes(US_ASCII);
  private static final byte[] DIGITS = digits();

  private final Mac mac;
  private final byte[] context;
  private final byte[] head;
  private final byte[] tail;
  private final byte[] secureTail;
  private final byte[] key = new byte[KEY_BYTES];
  private final byte[] tag = new byte[TAG_BYTES];
  private final byte[] hash = new byte[HASH_BYTES];

  /// The cookie of that name.
  ///
  /// @param name a token (RFC 6265, section 4.1.1)
  public StickyCookie(StickySettings settings, String name) {
    Duration age = settings.maxAge();
    String attributes =
        "; Path=/; HttpOnly; SameSite=Lax" + (age == null ? "" : "; Max-Age=" + age.toSeconds());
    mac = settings.mac();
    context = (name + '\0').getBytes(UTF_8);
    head = ("Set-Cookie: " + name + '=').getBytes(US_ASCII);
    tail = (attributes + "\r\n").getBytes(US_ASCII);
    secureTail = (attributes + "; Secure\r\n").getBytes(US_ASCII);
  }

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (byte i = 0; i < ALPHABET.length; i++) {
      digits[ALPHABET[i]] = i;
    }
    return digits;
  }

  /// Whether a value was made here. [#key] then has its key.
  public boolean check(byte[] bytes, int from, int to) {
    if (to - from != VALUE_CHARS || !decode(bytes, from)) {
      return false;
    }
    sign();
    int differences = 0;
    for (int i = 0; i < TAG_BYTES; i++) {
      differences |= hash[i] ^ tag[i];
    }
    return differences == 0;
  }

  /// The key that was checked or drawn last; used again by the next.
  public byte[] key() {
    return key;
  }

  /// Draws a key, which [#key] then has.
  ///
  /// @param secure whether the client came over TLS, so that the cookie must not travel without
  /// @return a whole header line that gives the client its cookie
  public byte[] issue(RandomGenerator random, boolean secure) {
    random.nextBytes(key);
    sign();
    System.arraycopy(hash, 0, tag, 0, TAG_BYTES);
    byte[] end = secure ? secureTail : tail;
    byte[] line = Arrays.copyOf(head, head.length + VALUE_CHARS + end.length);
    encode(line, head.length);
    System.arraycopy(end, 0, line, head.length + VALUE_CHARS, end.length);
    return line;
  }

  private void sign() {
    try {
      mac.update(context);
      mac.update(key);
      mac.doFinal(hash, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the buffer has the MAC's length", e);
    }
  }

  /// Only the one spelling that [#encode] writes is read: the last character's spare bits are 0.
  private boolean decode(byte[] bytes, int from) {
    int bits = 0;
    int held = 0;
    int to = 0;
    for (int i = from; i < from + VALUE_CHARS; i++) {
      int digit = bytes[i] < 0 ? -1 : DIGITS[bytes[i]];
      if (digit < 0) {
        return false;
      }
      held = (held << CHAR_BITS) | digit;
      bits += CHAR_BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        put(to++, (byte) (held >> bits));
        held &= (1 << bits) - 1;
      }
    }
    return held == 0;
  }

  private void put(int at, byte b) {
    if (at < KEY_BYTES) {
      key[at] = b;
    } else {
      tag[at - KEY_BYTES] = b;
    }
  }

  private void encode(byte[] into, int from) {
    int bits = 0;
    int held = 0;
    int at = from;
    for (int i = 0; i < KEY_BYTES + TAG_BYTES; i++) {
      held = (held << Byte.SIZE) | ((i < KEY_BYTES ? key[i] : tag[i - KEY_BYTES]) & 0xFF);
      bits += Byte.SIZE;
      while (bits >= CHAR_BITS) {
        bits -= CHAR_BITS;
        into[at++] = ALPHABET[held >> bits];
        held &= (1 << bits) - 1;
      }
    }
    into[at] = ALPHABET[held << (CHAR_BITS - bits)];
  }
}
