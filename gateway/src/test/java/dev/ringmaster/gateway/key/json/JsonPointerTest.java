package dev.ringmaster.gateway.key.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonPointerTest {
  private static String names(JsonPointer pointer) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < pointer.depth(); i++) {
      names.append('<').append(new String(pointer.name(i), UTF_8)).append('>');
    }
    return names.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "/a, <a>",
    "/a/b, <a><b>",
    "/, <>",
    "/a//b, <a><><b>",
    "/a~1b/m~0n, <a/b><m~n>",
    "/~01, <~1>",
    "#/a%2Cb/%C3%A9, '<a,b><é>'",
    "#/~1, </>",
  })
  void aPointerIsAListOfNames(String text, String names) {
    JsonPointer pointer = JsonPointer.parse(text);
    assertThat(names(pointer)).isEqualTo(names);
    assertThat(pointer.text()).isEqualTo(text);
    assertThat(pointer)
        .isEqualTo(JsonPointer.parse(text))
        .hasSameHashCodeAs(JsonPointer.parse(text));
  }

  @Test
  void anIndexHasNeitherSignNorLeadingZero() {
    JsonPointer pointer = JsonPointer.parse("/0/17/01/-/-1/+1/1e1/9999999999");
    assertThat(pointer.index(0)).isZero();
    assertThat(pointer.index(1)).isEqualTo(17);
    for (int i = 2; i < pointer.depth(); i++) {
      assertThat(pointer.index(i)).isEqualTo(JsonPointer.NO_INDEX);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/b", "/a~", "/a~2b", "#a", "#/a%2", "#/a%zz", "#"})
  void whatIsNoneIsRefusedWithItsText(String text) {
    assertThatThrownBy(() -> JsonPointer.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is no JSON pointer");
  }

  @Test
  void theNumberOfNamesIsBounded() {
    assertThat(JsonPointer.parse("/a".repeat(JsonPointer.MOST_NAMES)).depth())
        .isEqualTo(JsonPointer.MOST_NAMES);
    assertThatThrownBy(() -> JsonPointer.parse("/a".repeat(JsonPointer.MOST_NAMES + 1)))
        .hasMessageContaining("more than 32 names");
  }
}
