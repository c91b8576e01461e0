package dev.ringmaster.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void fieldsWithCommasQuotesOrLineEndsAreQuoted() {
    assertThat(Csv.of(List.of("a", "b"), List.of(List.of("x,y", "say \"hi\""), List.of("1\n2", 3))))
        .isEqualTo("a,b\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n\"1\n2\",3\r\n");
  }

  @Test
  void aTextThatLooksLikeAFormulaIsNone() {
    assertThat(Csv.of(List.of("a"), List.of(List.of("=HYPERLINK(1)"), List.of("@x"))))
        .isEqualTo("a\r\n'=HYPERLINK(1)\r\n'@x\r\n");
  }

  @Test
  void negativeNumbersStayNumbers() {
    assertThat(Csv.of(List.of("a"), List.of(List.of(-1.5)))).isEqualTo("a\r\n-1.5\r\n");
  }
}
