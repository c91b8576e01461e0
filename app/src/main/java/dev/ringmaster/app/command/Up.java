package dev.ringmaster.app.command;

import dev.ringmaster.app.run.CannotStart;
import dev.ringmaster.app.run.Foreground;
import dev.ringmaster.app.run.SettingsReading;
import dev.ringmaster.app.settings.Given;
import dev.ringmaster.app.settings.Rejected;
import dev.ringmaster.app.settings.SettingsReader;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Kind;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/// `ringmaster up`: its flags are the settings of the catalog.
@Command(
    name = "up",
    sortOptions = false,
    customSynopsis = "ringmaster up [FLAG]…",
    mixinStandardHelpOptions = true,
    description = {
      "Starts replicas, keeps them running and routes requests to them, until it is told to stop.",
      "Each flag is also a key of ringmaster.yaml; a flag goes before the file.",
      ""
    })
final class Up implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Settings file; default ./ringmaster.yaml if it is there.")
  private @Nullable Path file;

  @Option(names = "--open-control", description = "Short for --control open.")
  private boolean openControl;

  private Up() {}

  /// The command with a flag for each setting.
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new Up());
    Catalog.ALL.forEach(setting -> spec.addOption(option(setting)));
    return spec;
  }

  private static OptionSpec option(Setting<?> setting) {
    String fallback = setting.fallback();
    OptionSpec.Builder option =
        OptionSpec.builder(setting.flag())
            .type(String.class)
            .paramLabel(setting.kind().label())
            .description(
                escape(setting.meaning()) + (fallback == null ? "" : " [" + fallback + "]"));
    boolean flag = setting.kind().form() == Kind.Form.BOOLEAN;
    return flag ? option.arity("0..1").fallbackValue("true").build() : option.arity("1").build();
  }

  private static String escape(String text) {
    return text.replace("%", "%%");
  }

  @Override
  public Integer call() throws Rejected, CannotStart {
    List<Given> flags = given(spec.commandLine().getParseResult());
    SettingsReading reading = () -> SettingsReader.read(Path.of(""), file, flags);
    Path read = SettingsReader.fileRead(Path.of(""), file);
    new Foreground(System.out, reading, read).run(reading.read());
    return ExitCode.DONE;
  }

  private List<Given> given(ParseResult parsed) {
    List<Given> given = new ArrayList<>();
    if (openControl) {
      given.add(new Given(Trust.CONTROL.key(), "open", "--open-control"));
    }
    for (Setting<?> setting : Catalog.ALL) {
      if (parsed.hasMatchedOption(setting.flag())) {
        String text = parsed.matchedOptionValue(setting.flag(), "");
        given.add(new Given(setting.key(), text, setting.flag()));
      }
    }
    return given;
  }
}
