package dev.ringmaster.app.settings.catalog;

import dev.ringmaster.gateway.trust.TrustedProxies;
import java.nio.file.Path;
import java.util.List;

/// Who may change the fleet, and whom Ringmaster believes.
public final class Trust {
  public static final Setting<String> CONTROL =
      new Setting<>(
          "control",
          Scope.PROCESS,
          Kind.choice(List.of("loopback", "open", "off")),
          "loopback",
          "Who may /add and /rm on the traffic port: this machine, everyone, no one.");

  public static final Setting<Path> TOKEN_FILE =
      new Setting<>(
          "token-file",
          Scope.PROCESS,
          Kind.path(),
          null,
          "File with the bearer token that control then needs.");

  public static final Setting<List<String>> TRUSTED_PROXIES =
      new Setting<>(
          "trusted-proxies",
          Scope.PROCESS,
          Kind.list(
              Kind.parsed(
                  "CIDR", "an IP address or a block such as 10.0.0.0/8", TrustedProxies::checked),
              "IP addresses and blocks such as 10.0.0.0/8",
              1,
              1024),
          null,
          "Proxies whose X-Forwarded-For, -Proto and -Host are believed; those of others are replaced."
              + " Loopback is not one unless listed.");

  public static final Setting<String> FORWARDED_HEADER =
      new Setting<>(
          "forwarded-header",
          Scope.PROCESS,
          Kind.choice(List.of("off", "on")),
          "off",
          "Whether Forwarded (RFC 7239) of trusted proxies is believed before X-Forwarded-For, and"
              + " written for replicas beside it.");

  public static final Setting<String> PROXY_PROTOCOL =
      new Setting<>(
          "proxy-protocol",
          Scope.PROCESS,
          Kind.choice(List.of("off", "required")),
          "off",
          "Whether connections to the traffic port begin with a PROXY protocol header, version 1 or 2,"
              + " from a trusted proxy.");

  static final Group GROUP =
      new Group(
          "Control and trust",
          List.of(CONTROL, TOKEN_FILE, TRUSTED_PROXIES, FORWARDED_HEADER, PROXY_PROTOCOL));

  private Trust() {}
}
