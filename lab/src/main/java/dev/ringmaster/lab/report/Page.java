package dev.ringmaster.lab.report;

import dev.ringmaster.lab.chart.Xml;
import dev.ringmaster.lab.experiment.Contest;
import dev.ringmaster.lab.experiment.FaultRun;
import java.util.List;

/// The whole page: one file that needs nothing else, readable in light and dark and on paper.
final class Page {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --soft: #57606a;
        --rule: #d8dee4; --tint: #f6f8fa; --good: #116329; --bad: #a40e26;
        --c0: #0072b2; --c1: #d55e00; --c2: #009e73; --c3: #8a5a9e; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117;
        --soft: #9da7b1; --rule: #30363d; --tint: #161b22; --good: #56d364; --bad: #ff7b72;
        --c0: #56b4e9; --c1: #e69f00; --c2: #2fc79b; --c3: #d2a8ff; } }
      @media print { :root { --ink: #000; --paper: #fff; --soft: #333; --rule: #bbb;
        --tint: #fff; --good: #116329; --bad: #a40e26; --c0: #0072b2; --c1: #d55e00;
        --c2: #009e73; --c3: #8a5a9e; } figure, tr { break-inside: avoid; } nav { display: none; } }
      body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; background: var(--paper);
        color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
      h1 { font-size: 1.7rem; margin: 0 0 .3rem; }
      h2 { font-size: 1.25rem; margin: 2.4rem 0 .4rem; padding-top: .8rem;
        border-top: 1px solid var(--rule); }
      h3 { font-size: 1rem; margin: 1.4rem 0 .3rem; }
      p, li { max-width: 46rem; } .lead, figcaption { color: var(--soft); }
      nav a { margin-right: 1rem; color: var(--c0); }
      figure { margin: 1rem 0; } figcaption { font-size: .87rem; }
      svg { width: 100%; height: auto; display: block; font-size: 12px; }
      svg text { fill: var(--ink); } .tick { fill: var(--soft); } .value { font-weight: 600; }
      .start { text-anchor: start; } .middle { text-anchor: middle; } .end { text-anchor: end; }
      .grid { stroke: var(--rule); } .axis { stroke: var(--soft); }
      .mark { stroke: var(--soft); stroke-dasharray: 2 3; }
      .theory { stroke: var(--ink); stroke-width: 1.5; }
      .line { fill: none; stroke-width: 2; } .thin { stroke-width: 1.3; }
      .dashed { stroke-dasharray: 7 4; } .area { stroke: none; opacity: .16; }
      .line.c0 { stroke: var(--c0); } .line.c1 { stroke: var(--c1); }
      .line.c2 { stroke: var(--c2); } .line.c3 { stroke: var(--c3); }
      .c0 { fill: var(--c0); } .c1 { fill: var(--c1); } .c2 { fill: var(--c2); }
      .c3 { fill: var(--c3); } .line.c0, .line.c1, .line.c2, .line.c3 { fill: none; }
      .wide { overflow-x: auto; margin: .6rem 0; }
      table { border-collapse: collapse; font-size: .87rem; }
      th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--rule); text-align: left;
        vertical-align: top; }
      th { background: var(--tint); } .number { text-align: right;
        font-variant-numeric: tabular-nums; }
      code { font-size: .82rem; overflow-wrap: anywhere; }
      .good { color: var(--good); white-space: nowrap; } .bad { color: var(--bad);
        font-weight: 600; white-space: nowrap; }
      """;

  private Page() {}

  static String of(Findings findings) {
    Html html = new Html();
    html.list(Summary.of(findings));
    if (!findings.handled().isEmpty()) {
      HandledSection.write(html, findings.handled());
    }
    if (!findings.growth().isEmpty()) {
      GrowthSection.write(html, findings.growth());
    }
    FaultRun faults = findings.faults();
    if (faults != null) {
      FaultSection.write(html, faults);
    }
    Contest contest = findings.contest();
    if (contest != null) {
      ContestSection.write(html, contest);
    }
    environment(html, findings.environment());
    return head(findings.environment()) + html.text() + "</body>\n</html>\n";
  }

  private static String head(Environment environment) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>Ringmaster lab report</title>
    <style>
    %s</style>
    </head>
    <body>
    <h1>Ringmaster lab report</h1>
    <p class="lead">%s; replicas: %s.</p>
    """
        .formatted(STYLE, Xml.escape(environment.date()), Xml.escape(environment.replicaKind()));
  }

  private static void environment(Html html, Environment environment) {
    html.heading("Where and how", "environment");
    html.table(
        List.of("", ""),
        List.of(
            List.of("started", environment.date()),
            List.of("Ringmaster", environment.ringmasterVersion()),
            List.of("command", new Html.Code(environment.command())),
            List.of("replicas", environment.replicaKind()),
            List.of("processors", environment.processors() + " × " + environment.processor()),
            List.of("operating system", environment.operatingSystem()),
            List.of("Java", environment.javaVersion()),
            List.of("requests a measurement", environment.requests()),
            List.of("connections", environment.connections()),
            List.of("seed of the request ids", Long.toString(environment.seed())),
            List.of("quick run", environment.quick() ? "yes" : "no")));
    html.paragraph(
        "The load, Ringmaster and its replicas shared this machine, so throughput and latency are"
            + " those of all three together. The same numbers are in report.json and the CSV files"
            + " beside this page.");
  }
}
