package dev.ringmaster.gateway.settings;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// TLS towards clients. There is one certificate, whatever name a client asks for; it may have many
/// names.
///
/// @param address where clients connect; port 0 takes a free one
/// @param certificate PEM file of the chain, own certificate first
/// @param key PEM file of its private key
/// @param clientCa PEM file of the authorities that may vouch for clients; null if clients show no
///   certificate
/// @param clientAuth whether a client must show one
/// @param versions of the protocol, such as `TLSv1.3`
/// @param plain what becomes of requests on the port without TLS
public record TlsSettings(
    InetSocketAddress address,
    Path certificate,
    Path key,
    @Nullable Path clientCa,
    ClientAuth clientAuth,
    List<String> versions,
    PlainPort plain) {

  /// Whether a client must show a certificate.
  public enum ClientAuth {
    OFF,
    OPTIONAL,
    REQUIRED
  }

  /// What becomes of requests on the port without TLS.
  public enum PlainPort {
    SERVES,
    REDIRECTS
  }

  /// TLS 1.2 and 1.3 without certificates of clients.
  public static TlsSettings at(InetSocketAddress address, Path certificate, Path key) {
    return new TlsSettings(
        address,
        certificate,
        key,
        null,
        ClientAuth.OFF,
        List.of("TLSv1.3", "TLSv1.2"),
        PlainPort.SERVES);
  }

  public TlsSettings {
    versions = List.copyOf(versions);
    if ((clientCa == null) != (clientAuth == ClientAuth.OFF)) {
      throw new IllegalArgumentException(
          "certificates of clients need both a file of authorities and a rule: optional, required");
    }
  }

  public TlsSettings withClients(Path authorities, ClientAuth rule) {
    return new TlsSettings(address, certificate, key, authorities, rule, versions, plain);
  }

  public TlsSettings withVersions(List<String> allowed) {
    return new TlsSettings(address, certificate, key, clientCa, clientAuth, allowed, plain);
  }

  public TlsSettings withPlain(PlainPort rule) {
    return new TlsSettings(address, certificate, key, clientCa, clientAuth, versions, rule);
  }
}
