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
        "query:a,query:b,uri",
        "body:/user",
        "body:/prompt:256",
        "body:/a:b:1",
        "body:/messages/0/content:1024,body:#/a%2Cb,header:X-User,sticky:rm",
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
        "body:|is no JSON pointer",
        "body:user|it starts with",
        "body:/a~2|must be followed by 0 or 1",
        "body:/a:0|1 to 1048576 characters",
        "body:/a:99999999|1 to 1048576 characters",
        "sticky|a name must follow",
        "sticky:a b|cannot be in a name",
        "sticky:rm,random|is never used",
        "path,|expected random, uri",
      })
  void whatIsNoRuleIsRefusedWithTheReason(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KeyRule.parse(text))
        .withMessageContaining(reason);
  }
}
