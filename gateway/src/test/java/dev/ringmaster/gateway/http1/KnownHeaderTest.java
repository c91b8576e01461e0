package dev.ringmaster.gateway.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHeaderTest {
  @Test
  void everyNameIsFoundInAnyCase() {
    EnumSet<KnownHeader> named =
        EnumSet.complementOf(
            EnumSet.of(KnownHeader.OTHER, KnownHeader.X_FORWARDED_OTHER, KnownHeader.DISGUISED));
    for (KnownHeader header : named) {
      String name = header.name().replace('_', '-');
      assertThat(of(name)).isEqualTo(header);
      assertThat(of(name.toLowerCase(Locale.ROOT))).isEqualTo(header);
    }
  }

  @Test
  void aNameThatDiffersInOneByteIsAnother() {
    for (KnownHeader header : KnownHeader.values()) {
      String name = header.name().replace('_', '-');
      for (int i = 0; i < name.length(); i++) {
        String other = name.substring(0, i) + "q" + name.substring(i + 1);
        assertThat(of(other)).isIn(KnownHeader.OTHER, KnownHeader.X_FORWARDED_OTHER);
      }
      assertThat(of(name + "q")).isIn(KnownHeader.OTHER, KnownHeader.X_FORWARDED_OTHER);
    }
  }

  @Test
  void tokenBytesThatDifferInTheCaseBitOnlyAreNotConfused() {
    assertThat(of("x^forwarded-for")).isEqualTo(KnownHeader.OTHER);
  }

  @Test
  void theWholeFamilyOfForwardedNamesIsKnown() {
    assertThat(of("X-Forwarded-Client-Cert")).isEqualTo(KnownHeader.X_FORWARDED_OTHER);
    assertThat(of("x-forwarded-a-name-that-is-longer-than-all-listed"))
        .isEqualTo(KnownHeader.X_FORWARDED_OTHER);
    assertThat(of("X-Forwarded-")).isEqualTo(KnownHeader.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_Forwarded_For", "X-Forwarded_For", "X_Forwarded-Proto", "x_forwarded_client_cert",
        "X_Real_IP", "X-Real_IP", "Content_Length", "TRANSFER_ENCODING"
      })
  void underscoresDisguiseWhatServersReadAsHyphens(String name) {
    assertThat(of(name)).isEqualTo(KnownHeader.DISGUISED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X_Request_ID", "Content_Type", "Cf_Ray", "X_Forwarde_For", "X_Real_IPs", "_"})
  void otherNamesMayHaveUnderscores(String name) {
    assertThat(of(name)).isEqualTo(KnownHeader.OTHER);
  }

  private static KnownHeader of(String name) {
    byte[] bytes = Table.ascii("##" + name + "##");
    return KnownHeader.of(bytes, 2, bytes.length - 2);
  }
}
