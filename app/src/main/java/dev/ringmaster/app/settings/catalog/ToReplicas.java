package dev.ringmaster.app.settings.catalog;

import java.nio.file.Path;
import java.util.List;

/// What is spoken with replicas.
public final class ToReplicas {
  public static final Setting<String> PROTOCOL =
      new Setting<>(
          "replica-protocol",
          Scope.SERVICE,
          Kind.choice(List.of("http1", "http2")),
          "http1",
          "What replicas speak; with http2 a heartbeat asks for SETTINGS, not for health.path.");

  public static final Setting<String> TRUST =
      new Setting<>(
          "replica-tls.trust",
          Scope.SERVICE,
          Kind.choice(List.of("no-tls", "verified", "anyone")),
          "no-tls",
          "TLS to replicas: verified checks certificate and name, anyone checks nothing.");

  public static final Setting<Path> CA =
      new Setting<>(
          "replica-tls.ca",
          Scope.SERVICE,
          Kind.path(),
          null,
          "PEM file of the authorities that vouch for replicas; else those of the JDK.");

  public static final Setting<String> SERVER_NAME =
      new Setting<>(
          "replica-tls.server-name",
          Scope.SERVICE,
          Kind.text("NAME", "a host name", "[0-9a-zA-Z._-]+"),
          null,
          "The name that a replica's certificate must have; else the target's host.");

  public static final Group GROUP =
      new Group("Towards replicas", List.of(PROTOCOL, TRUST, CA, SERVER_NAME));

  private ToReplicas() {}
}
