package dev.ringmaster.lab;

import dev.ringmaster.lab.report.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/// The machine that the lab runs on.
///
/// @param processor the model's name, or the architecture where it has none
record Machine(
    Instant started, int processors, String processor, String operatingSystem, String java) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  static Machine here(Instant started) {
    return new Machine(
        started.truncatedTo(ChronoUnit.SECONDS),
        Runtime.getRuntime().availableProcessors(),
        processorName(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  Environment environment(LabSettings settings) {
    String version = Lab.class.getPackage().getImplementationVersion();
    return new Environment(
        started.toString(),
        String.join(" ", settings.program()) + " up …",
        settings.image() == null
            ? "bundled server, processes"
            : "image " + settings.image() + ", containers (A-4: bundled server, processes)",
        processors,
        processor,
        operatingSystem,
        java,
        version == null ? "from its classes" : version,
        settings.requests(),
        settings.connections(),
        settings.seed(),
        settings.quick());
  }

  private static String processorName() {
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElseGet(Machine::architecture);
    } catch (IOException | java.io.UncheckedIOException e) {
      return architecture();
    }
  }

  private static String architecture() {
    return System.getProperty("os.arch");
  }
}
