package dev.ringmaster.lab;

import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Bench;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.FaultRun;
import dev.ringmaster.lab.experiment.Faults;
import dev.ringmaster.lab.experiment.Handled;
import dev.ringmaster.lab.experiment.Progress;
import dev.ringmaster.lab.experiment.Schemes;
import dev.ringmaster.lab.product.Children;
import dev.ringmaster.lab.product.ProductFailure;
import dev.ringmaster.lab.product.Program;
import dev.ringmaster.lab.product.ReplicaKind;
import dev.ringmaster.lab.report.Findings;
import dev.ringmaster.lab.report.ReportFiles;
import dev.ringmaster.lab.report.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Runs the experiments one after the other and writes the report.
///
/// Ringmaster is driven from outside, as a user would: `up` as a child process on free ports with a
/// data directory of its own, spoken to by HTTP, stopped by a signal.
public final class Lab {
  private static final int FIRST_SIZE = 2;
  private static final int LAST_SIZE = 6;

  /// Children end within this when the lab is interrupted; longer than their own drain of idle
  /// replicas.
  private static final Duration STOP_GRACE = Duration.ofSeconds(10);

  private final LabSettings settings;
  private final Bench bench;

  private Lab(LabSettings settings, Bench bench) {
    this.settings = settings;
    this.bench = bench;
  }

  /// Runs the lab. When the JVM is told to end meanwhile (Ctrl-C), all that the lab has started is
  /// stopped.
  ///
  /// @param progress where a person reads how far it is
  /// @param terminal whether `progress` is a terminal
  /// @param clock for the date in the report
  public static LabResult run(
      LabSettings settings, PrintStream progress, boolean terminal, InstantSource clock) {
    try {
      ReportFiles.prepare(settings.out());
    } catch (IOException e) {
      return new LabResult.Failed("no report can be written to " + settings.out() + ": " + e);
    }
    Children children = new Children();
    Thread stop = new Thread(() -> children.stopAll(STOP_GRACE), "lab-stop");
    Runtime.getRuntime().addShutdownHook(stop);
    try (Scratch scratch = Scratch.make()) {
      ReplicaKind kind =
          settings.image() == null
              ? new ReplicaKind.Processes()
              : new ReplicaKind.Containers(settings.image());
      Bench bench =
          new Bench(
              new Program(settings.program(), scratch.directory(), children),
              kind,
              settings.replicas(),
              settings.requests(),
              settings.connections(),
              settings.seed(),
              settings.quick(),
              new Progress(progress, terminal, steps(settings)));
      return new Lab(settings, bench).run(clock);
    } catch (ProductFailure e) {
      return new LabResult.Failed(reason(e));
    } catch (IOException e) {
      return new LabResult.Failed("the report cannot be written: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new LabResult.Interrupted();
    } finally {
      children.stopAll(STOP_GRACE);
      forget(stop);
    }
  }

  private LabResult run(InstantSource clock) throws IOException, InterruptedException {
    Machine machine = Machine.here(clock.instant());
    Set<Experiment> wanted = settings.experiments();
    List<BalanceRun> handled =
        wanted.contains(Experiment.A1) ? Handled.atOneSize(bench) : List.of();
    List<BalanceRun> growth =
        wanted.contains(Experiment.A2)
            ? Handled.whileGrowing(bench, FIRST_SIZE, LAST_SIZE)
            : List.of();
    FaultRun faults = wanted.contains(Experiment.A3) ? Faults.run(bench) : null;
    Contest contest = wanted.contains(Experiment.A4) ? Schemes.run(bench) : null;
    Findings findings =
        new Findings(machine.environment(settings), handled, growth, faults, contest);
    Path page = ReportFiles.write(findings, settings.out());
    bench.progress().end("report: " + page);
    long lost = faults == null ? 0 : faults.lost();
    long failed =
        faults == null ? 0 : faults.checks().stream().filter(check -> !check.passed()).count();
    return new LabResult.Finished(page, Summary.of(findings), lost, failed);
  }

  private static int steps(LabSettings settings) {
    int steps = 0;
    for (Experiment experiment : settings.experiments()) {
      steps +=
          switch (experiment) {
            case A1 -> Handled.SCHEMES.size();
            case A2 -> Handled.SCHEMES.size() * (LAST_SIZE - FIRST_SIZE + 1);
            case A3 -> Faults.steps(settings.quick());
            case A4 -> Schemes.steps(settings.quick());
          };
    }
    return steps;
  }

  private static String reason(ProductFailure failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? failure.getMessage() + ""
        : failure.getMessage() + ": " + cause.getMessage();
  }

  /// A JVM that is ending runs the hook itself and refuses to forget it.
  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return;
    }
  }
}
