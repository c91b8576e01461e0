package dev.ringmaster.gateway.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRuleTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random",
        "uri",
        "path",
        "client-address",
        "header:X-User",
        "cookie:sid",
        "query:user_id",
        "header:X-User,cookie:sid,random",
        "query:a,query:b,uri"
      })
  void whatIsReadIsWhatIsWritten(String text) {
    assertThat(KeyRule.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|expected random, uri",
        "heder:X|expected random, uri",
        "header:|a name must follow, as in cookie:NAME",
        "header|a name must follow, as in cookie:NAME",
        "header:a b|cannot be in a name",
        "cookie:a;b|cannot be in a name",
        "query:a&b|cannot be in a name",
        "random:x|takes no name",
        "uri,random|is never used",
        "body:/user|keys in the body are not read yet",
        "path,|expected random, uri",
      })
  void whatIsNoRuleIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRule.parse(text))
        .withMessageContaining(reason);
  }
}
