package dev.ringmaster.ring.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {
  /// SipHash-1-3 of 00, 00 01, 00 01 02 … under a key of zeros, length 0 first: by the reference
  /// implementation, as OCaml's test suite lists them.
  private static final long[] BY_LENGTH = {
    0xd1fba762150c532cL, 0x68a914128e01e473L, 0x010bac45c41e3669L, 0x4d4c9a4a8ef6e0adL,
    0x7cc43f98813e4dbdL, 0x5abe2169dff36275L, 0xe3c25f87624f1cdbL, 0x2f098ab0c751325aL,
    0xead411e67ebe2eeaL, 0x75927f9d95124362L, 0xaf9f77a65ab51a1dL, 0xfe64ce8b6617fcffL,
    0xa6baf4fb0f9fe1c2L, 0xa0cf3211850f8e0dL, 0x7f86049379fbfe67L, 0xf30eb725bb91c9eaL,
    0x8972188433a5c5b7L, 0x4883c49a2c009c1dL, 0xadc2c0b63044067dL, 0x091f4a3329f87d19L,
    0x639e355ae68c0100L, 0xb17bef2cb5213239L, 0xf8aeb1066236ccfeL, 0x37332b1389daa4ffL,
    0x31185a47af932f3aL, 0xebf352e82ae23e2fL, 0xed36ff242fe478b2L, 0x2454d97d299299dfL,
    0x8cd57fe8130d0ac7L, 0xbe98eb2faf0a0e85L, 0xd427c34ee09470c6L, 0x169739443111d49bL,
    0x31ef8061c910629bL, 0x7fb71d24dfa4c9f6L, 0x92771f49e836d389L, 0x3c393cf6f0853bc3L,
    0xac77921fcc642bd3L
  };

  @Test
  void everyLengthHasItsReferenceHash() {
    SipHash zeroKey = SipHash.of(new byte[16]);
    for (int length = 0; length < BY_LENGTH.length; length++) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) i;
      }
      assertThat(zeroKey.hash(bytes)).as("length " + length).isEqualTo(BY_LENGTH[length]);
    }
  }

  /// From the tests of a Starlark runtime.
  @ParameterizedTest
  @CsvSource({
    "'', 72873BFD1BCA2911",
    "a, 47C474F5B32240C8",
    "ab, 69D6EFA619D3857D",
    "abc, 1F64C85D9A3C5AEA",
    "abcde, 168632FD4DF59211"
  })
  void aKeyChangesTheHash(String text, String hex) {
    SipHash keyed = new SipHash(0x0001020304050607L, 0x08090a0b0c0d0e0fL);
    assertThat(keyed.hash(text)).isEqualTo(Long.parseUnsignedLong(hex, 16));
  }

  @Test
  void theSecretIsReadLittleEndian() {
    byte[] secret = {7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8};
    assertThat(SipHash.of(secret)).isEqualTo(new SipHash(0x0001020304050607L, 0x08090a0b0c0d0e0fL));
  }

  @Test
  void theSecretIsNotPrinted() {
    byte[] secret = new byte[16];
    Arrays.fill(secret, (byte) 0x11);
    assertThat(SipHash.of(secret).toString()).isEqualTo("SipHash");
  }

  @Test
  void aSecretOfAnotherLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashFunction.named("siphash", new byte[8], null))
        .withMessageContaining("16 bytes, not 8");
  }
}
