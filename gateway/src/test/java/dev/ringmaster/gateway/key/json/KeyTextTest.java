package dev.ringmaster.gateway.key.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 64, 65, 2_000, 100_000})
  void nothingOfAKeyIsKeptForTheNext(int length) {
    KeyText text = new KeyText(length);
    for (int i = 0; i < length; i++) {
      text.add('k');
    }
    assertThat(text.length()).isEqualTo(length);
    text.clear();
    assertThat(text.bytes()).hasSize(64).containsOnly(0);
  }

  @Test
  void theNextIsReadAsTheFirst() {
    KeyText text = new KeyText(3);
    text.add('a');
    text.clear();
    text.add('b');
    assertThat(text.is(new byte[] {'b'})).isTrue();
  }
}
