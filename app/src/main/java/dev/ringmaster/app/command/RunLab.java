package dev.ringmaster.app.command;

import dev.ringmaster.app.run.CannotStart;
import dev.ringmaster.app.run.OwnProgram;
import dev.ringmaster.lab.Experiment;
import dev.ringmaster.lab.Lab;
import dev.ringmaster.lab.LabResult;
import dev.ringmaster.lab.LabSettings;
import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `ringmaster lab`.
@Command(
    name = "lab",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Runs the experiments on real replicas and writes a report: one HTML page, JSON and CSV.",
      "A-1 load of each replica, A-2 while the fleet grows, A-3 endpoints and deaths under load,",
      "A-4 other schemes and hash functions."
    })
final class RunLab implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Directory of the report. [${DEFAULT-VALUE}]")
  private Path out = Path.of("lab-report");

  @Option(
      names = "--experiments",
      paramLabel = "A-1,…",
      split = ",",
      description = "Which to run. [all]")
  private List<String> experiments = new ArrayList<>();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests a measurement. [10000, with --quick 1000]")
  private @Nullable Integer requests;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections that carry them. [${DEFAULT-VALUE}]")
  private int connections = LabSettings.USUAL_CONNECTIONS;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description = "N of A-1 and A-3. [${DEFAULT-VALUE}]")
  private int replicas = LabSettings.USUAL_REPLICAS;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "Runs the replicas as containers of this image instead of processes.")
  private @Nullable String image;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the request ids. [${DEFAULT-VALUE}]")
  private long seed = LabSettings.USUAL_SEED;

  @Option(names = "--quick", description = "Fewer repetitions and configurations.")
  private boolean quick;

  @Override
  public Integer call() throws CannotStart {
    return switch (Lab.run(settings(), System.err, onTerminal(), Clock.systemUTC())) {
      case LabResult.Finished finished -> finished(finished);
      case LabResult.Failed(String reason) -> throw new CannotStart(reason);
      case LabResult.Interrupted() -> INTERRUPTED;
    };
  }

  private static boolean onTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private LabSettings settings() throws CannotStart {
    int usual = quick ? LabSettings.QUICK_REQUESTS : LabSettings.USUAL_REQUESTS;
    try {
      return new LabSettings(
          OwnProgram.command(),
          out,
          chosen(),
          requests == null ? usual : requests,
          connections,
          replicas,
          image,
          seed,
          quick);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Set<Experiment> chosen() {
    Set<Experiment> chosen = EnumSet.noneOf(Experiment.class);
    experiments.forEach(name -> chosen.add(Experiment.named(name)));
    return chosen.isEmpty() ? EnumSet.allOf(Experiment.class) : chosen;
  }

  private int finished(LabResult.Finished finished) {
    PrintStream lines = System.out;
    finished.summary().forEach(lines::println);
    lines.println("report: " + finished.page());
    return finished.lost() == 0 && finished.failedChecks() == 0 ? ExitCode.DONE : ExitCode.DEFECT;
  }
}
