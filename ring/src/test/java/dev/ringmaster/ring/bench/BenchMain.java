package dev.ringmaster.ring.bench;

import java.io.PrintStream;
import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// Runs the benchmarks with JMH's own arguments and prints one line for each combination.
final class BenchMain {
  private static final String BYTES = "gc.alloc.rate.norm";

  private BenchMain() {}

  public static void main(String[] args) throws CommandLineOptionException, RunnerException {
    Options options =
        new OptionsBuilder()
            .parent(new CommandLineOptions(args))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .build();
    print(new Runner(options).run(), System.out);
  }

  private static void print(Collection<RunResult> results, PrintStream out) {
    out.printf(
        "%n%-12s%8s%6s  %-16s%12s%10s%8s%n",
        "scheme", "seats", "dead", "lookup", "ns/op", "±", "B/op");
    for (RunResult run : results) {
      Result<?> time = run.getPrimaryResult();
      out.printf(
          "%-12s%8s%5s%%  %-16s%12.1f%10.1f%8.1f%n",
          run.getParams().getParam("scheme"),
          run.getParams().getParam("seats"),
          run.getParams().getParam("deadPercent"),
          time.getLabel(),
          time.getScore(),
          time.getScoreError(),
          bytesPerLookup(run));
    }
  }

  private static double bytesPerLookup(RunResult run) {
    Result<?> bytes = run.getSecondaryResults().get(BYTES);
    return bytes == null ? Double.NaN : bytes.getScore();
  }
}
