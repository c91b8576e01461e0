package dev.ringmaster.app.settings.catalog;

import java.nio.file.Path;
import java.util.List;

/// TLS towards clients.
public final class Tls {
  public static final Setting<Integer> PORT =
      new Setting<>(
          "tls.port",
          Scope.PROCESS,
          Kind.whole(0, 65535),
          null,
          "Port for traffic by TLS (HTTP/1.1 and HTTP/2); 0 takes a free one, none means no TLS.");

  public static final Setting<Path> CERTIFICATE =
      new Setting<>(
          "tls.certificate",
          Scope.PROCESS,
          Kind.path(),
          null,
          "PEM file of the certificate chain, own certificate first; read again when it changes.");

  public static final Setting<Path> KEY =
      new Setting<>(
          "tls.key", Scope.PROCESS, Kind.path(), null, "PEM file of its key, not encrypted.");

  public static final Setting<String> CLIENT_AUTH =
      new Setting<>(
          "tls.client-auth",
          Scope.PROCESS,
          Kind.choice(List.of("off", "optional", "required")),
          "off",
          "Whether clients show a certificate.");

  public static final Setting<Path> CLIENT_CA =
      new Setting<>(
          "tls.client-ca",
          Scope.PROCESS,
          Kind.path(),
          null,
          "PEM file of the authorities whose certificates clients may show.");

  public static final Setting<List<String>> VERSIONS =
      new Setting<>(
          "tls.versions",
          Scope.PROCESS,
          Kind.list(Kind.choice(List.of("1.2", "1.3")), "1.2, 1.3 or both", 1, 2),
          "1.2,1.3",
          "Versions of TLS that are spoken.");

  public static final Setting<Boolean> REDIRECT =
      new Setting<>(
          "tls.redirect",
          Scope.PROCESS,
          Kind.yesNo(),
          "false",
          "Answer requests on the port without TLS by 308 to the one with it.");

  static final Group GROUP =
      new Group("TLS", List.of(PORT, CERTIFICATE, KEY, CLIENT_AUTH, CLIENT_CA, VERSIONS, REDIRECT));

  private Tls() {}
}
