package dev.ringmaster.app.settings.catalog;

/// Where a setting may stand.
public enum Scope {
  /// At the top level only: it is about the whole program.
  PROCESS,
  /// At the top level, as the default of all services, and in a service.
  SERVICE,
  /// As [#SERVICE], and in a route, whose requests it is then for.
  ROUTE,
  /// In a queue only; has no flag.
  QUEUE;

  /// How it is written.
  public String word() {
    return switch (this) {
      case PROCESS -> "process";
      case SERVICE -> "service";
      case ROUTE -> "route";
      case QUEUE -> "queue";
    };
  }
}
