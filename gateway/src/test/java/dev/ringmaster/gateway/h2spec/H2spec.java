package dev.ringmaster.gateway.h2spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// The program h2spec of Moto Ishizawa, as the jar of its Maven plugin carries it.
final class H2spec {
  private static final String PROGRAM = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

  /// How long it may take; it takes some ten seconds.
  private static final long PATIENCE_S = 300;

  /// One case.
  ///
  /// @param name section and what is asked
  /// @param outcome `passed`, `skipped`, or what was expected and what came
  record Case(String name, String outcome) {}

  private H2spec() {}

  /// Whether its program runs on this machine.
  static boolean runsHere() {
    return System.getProperty("os.name").equals("Linux")
        && System.getProperty("os.arch").equals("amd64");
  }

  /// Runs all cases, generic and strict, against a port of this machine.
  static List<Case> run(Path directory, int port, String... more) throws Exception {
    Path report = directory.resolve("report.xml");
    List<String> command = new ArrayList<>();
    command.add(extract(directory).toString());
    command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-S", "-o", "5"));
    command.addAll(List.of("-j", report.toString()));
    command.addAll(Arrays.asList(more));
    Path out = directory.resolve("h2spec.out");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("h2spec does not end: " + Files.readString(out));
    }
    if (!Files.exists(report)) {
      throw new IllegalStateException("h2spec wrote no report: " + Files.readString(out));
    }
    return cases(report);
  }

  private static Path extract(Path directory) throws IOException, InterruptedException {
    Path archive = directory.resolve("h2spec.tar.gz");
    try (InputStream in = H2spec.class.getResourceAsStream(PROGRAM)) {
      if (in == null) {
        throw new IllegalStateException("not on the class path: " + PROGRAM);
      }
      Files.copy(in, archive);
    }
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", directory.toString()).start();
    if (tar.waitFor() != 0) {
      throw new IllegalStateException("tar cannot read " + archive);
    }
    return directory.resolve("h2spec");
  }

  private static List<Case> cases(Path report) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(report.toFile());
      NodeList nodes = document.getElementsByTagName("testcase");
      List<Case> cases = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        Element element = (Element) nodes.item(i);
        String name = element.getAttribute("package") + ": " + element.getAttribute("classname");
        cases.add(new Case(name, outcome(element)));
      }
      return cases;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("not a report: " + report, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String outcome(Element element) {
    for (String bad : List.of("failure", "error", "skipped")) {
      Node node = element.getElementsByTagName(bad).item(0);
      if (node != null) {
        return bad + " " + node.getTextContent().strip();
      }
    }
    return "passed";
  }
}
