package dev.ringmaster.lab.report;

import dev.ringmaster.lab.experiment.BalanceRun;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.FaultRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What was found, in plain words.
public final class Summary {
  private Summary() {}

  /// One sentence or two for each experiment.
  public static List<String> of(Findings findings) {
    List<String> lines = new ArrayList<>();
    if (!findings.handled().isEmpty()) {
      lines.add(handled(findings.handled()));
    }
    if (!findings.growth().isEmpty()) {
      lines.add(growth(findings.growth()));
    }
    FaultRun faults = findings.faults();
    if (faults != null) {
      lines.add(faults(faults));
    }
    Contest contest = findings.contest();
    if (contest != null) {
      lines.add(contest(contest));
    }
    return lines;
  }

  private static String handled(List<BalanceRun> runs) {
    List<String> parts = new ArrayList<>();
    for (BalanceRun run : runs) {
      List<String> loads =
          run.replicas().stream().map(load -> Long.toString(load.requests())).toList();
      parts.add(
          String.format(
              Locale.ROOT,
              "scheme %s: %s, standard deviation %.0f where theory says %.0f (%s), %,.0f requests"
                  + " a second, %d lost",
              run.scheme(),
              String.join(" / ", loads),
              run.spread().standardDeviation(),
              run.expectedSpread(),
              run.fits() ? "it fits" : "it does not fit",
              run.load().perSecond(),
              run.load().lost()));
    }
    return "A-1: " + String.join("; ", parts) + ".";
  }

  private static String growth(List<BalanceRun> runs) {
    long fitting = runs.stream().filter(BalanceRun::fits).count();
    long lost = runs.stream().mapToLong(run -> run.load().lost()).sum();
    return String.format(
        Locale.ROOT,
        "A-2: N = %d to %d; %d of %d measurements fit their theory, %d requests lost.",
        runs.getFirst().replicas().size(),
        runs.getLast().replicas().size(),
        fitting,
        runs.size(),
        lost);
  }

  private static String faults(FaultRun run) {
    long failed = run.checks().stream().filter(check -> !check.passed()).count();
    return String.format(
        Locale.ROOT,
        "A-3: %d of %d endpoint checks passed; %d kills under load, N serve again after a median of"
            + " %.0f ms (with a spare: %.0f ms); %d requests lost in all.",
        run.checks().size() - failed,
        run.checks().size(),
        run.kills().size(),
        run.medianHealedMs(0),
        run.medianHealedMs(1),
        run.lost());
  }

  private static String contest(Contest contest) {
    long computable = contest.measured().stream().filter(Contest.Match::computable).count();
    List<String> other =
        contest.measured().stream()
            .filter(match -> match.computable() && !match.exact())
            .map(match -> match.run().scheme() + " with " + match.run().hash())
            .distinct()
            .toList();
    long exact = contest.measured().stream().filter(Contest.Match::exact).count();
    long needless = contest.moved().stream().filter(moved -> moved.needless() > 0).count();
    return String.format(
        Locale.ROOT,
        "A-4: %d configurations measured; in %d of the %d that can be computed every replica got"
            + " exactly the requests that the library computes%s. %d of %d changes moved a key"
            + " needlessly.",
        contest.measured().size(),
        exact,
        computable,
        other.isEmpty() ? "" : ", but not in: " + String.join(", ", other),
        needless,
        contest.moved().size());
  }
}
