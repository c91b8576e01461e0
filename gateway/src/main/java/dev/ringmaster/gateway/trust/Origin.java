package dev.ringmaster.gateway.trust;

import dev.ringmaster.gateway.http1.Forwarding;
import java.net.InetAddress;

/// Whom requests come from, as far as it is believed, and what replicas are told of them.
public final class Origin {
  private final InetAddress client;
  private final byte[] address;
  private final String text;
  private final String scheme;
  private final Forwarding told;

  Origin(InetAddress client, String scheme, Forwarding told) {
    this.scheme = scheme;
    this.client = client;
    this.address = client.getAddress();
    this.text = Address.text(client);
    this.told = told;
  }

  /// The client's address.
  public InetAddress client() {
    return client;
  }

  /// Its 4 or 16 bytes; not to be written to.
  @SuppressWarnings("EI_EXPOSE_REP") // hashed for every request, so not copied
  public byte[] address() {
    return address;
  }

  /// Its text, as logs have it.
  public String text() {
    return text;
  }

  /// Whether the client came over TLS, to us or to the first proxy.
  public boolean secure() {
    return scheme.equals("https");
  }

  /// What replicas are told.
  public Forwarding told() {
    return told;
  }
}
