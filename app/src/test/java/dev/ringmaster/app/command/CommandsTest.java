package dev.ringmaster.app.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.settings.Schema;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Setting;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void everySettingIsAFlagOfUp() {
    CommandLine up = requireNonNull(Commands.line().getSubcommands().get("up"));
    for (Setting<?> setting : Catalog.ALL) {
      assertThat(up.getCommandSpec().findOption(setting.flag())).as(setting.flag()).isNotNull();
    }
    assertThat(up.getCommandSpec().options().stream().map(option -> option.longestName()))
        .containsExactlyInAnyOrderElementsOf(flags());
  }

  private static List<String> flags() {
    List<String> own = List.of("--file", "--open-control", "--help", "--version");
    return Stream.concat(own.stream(), Catalog.ALL.stream().map(Setting::flag)).toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "stauts              | unknown command 'stauts'; did you mean 'status'?",
        "telephone           | unknown command 'telephone'",
        "up --replica 3      | unknown flag '--replica'; did you mean '--replicas'?",
        "up --replica=3      | unknown flag '--replica'; did you mean '--replicas'?",
        "up extra            | 'extra' has no place here",
        "status --jsn        | unknown flag '--jsn'; did you mean '--json'?",
        "status --console x  | --console: expected HOST:PORT, found 'x'",
        "lab --replicas 1    | replicas is 1; it must be 2 to 39",
        "lab --experiments B | 'B' is no experiment; there are A-1, A-2, A-3 and A-4",
      })
  void whatIsWrittenWrongIsUsageAndToldInOneLine(String arguments, String line) {
    assertThat(execute(arguments.split(" ", -1))).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString().lines().findFirst()).contains("ringmaster: " + line);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void withoutACommandTheUsageIsShown() {
    assertThat(execute()).isEqualTo(ExitCode.USAGE);
    assertThat(err.toString()).contains("Usage: ringmaster").contains("status");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help up",
        "up --help",
        "server --help",
        "lab --help",
        "status --help",
        "add --help",
        "rm --help",
        "drain --help",
        "weight --help",
        "restart --help",
        "explain --help",
        "schema --help",
        "version"
      })
  void helpIsThereForEveryCommand(String arguments) {
    assertThat(execute(arguments.split(" ", -1))).isZero();
    assertThat(out.toString()).isNotBlank();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void theSchemaIsPrintedAsItIs() {
    assertThat(execute("schema")).isZero();
    assertThat(out.toString()).isEqualTo(Schema.text());
  }

  private int execute(String... arguments) {
    return Commands.line()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
