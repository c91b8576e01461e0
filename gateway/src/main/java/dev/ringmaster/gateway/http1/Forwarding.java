package dev.ringmaster.gateway.http1;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What the gateway tells replicas about where a request comes from: made once for a connection,
/// or, where a trusted proxy is at its other end, once for a request.
public final class Forwarding {
  /// What becomes of the X-Forwarded-* and Forwarded lines of a request.
  public enum Trust {
    /// They are dropped and replaced: the client is not a proxy that we know.
    REPLACE,
    /// For, Proto, Host and Forwarded are written anew with what is believed of them; the other
    /// X-Forwarded-* lines are kept.
    EXTEND
  }

  /// The start and the end of our element of a Forwarded line; the host comes between them.
  ///
  /// @param start all before the host, earlier elements included
  /// @param end all behind it
  @SuppressWarnings("ArrayRecordComponent") // written out, never compared
  record Element(byte[] start, byte[] end) {}

  private final Trust trust;
  private final byte[] client;
  private final byte[] scheme;
  private final byte[] fallbackHost;
  private final byte @Nullable [] host;
  private final @Nullable Element element;

  /// What replicas shall know.
  ///
  /// @param client the value of X-Forwarded-For: the peer's address as a literal, without a port,
  ///   behind those that are believed
  /// @param scheme `http` or `https`, as the client reached us or the first proxy
  /// @param fallbackHost the Host for HTTP/1.0 requests that have none: our own host and port
  /// @throws IllegalArgumentException if one could not stand in a header
  public Forwarding(Trust trust, String client, String scheme, String fallbackHost) {
    this.trust = trust;
    this.client = visible(client);
    this.scheme = visible(scheme);
    this.fallbackHost = visible(fallbackHost);
    this.host = null;
    this.element = null;
  }

  private Forwarding(Forwarding from, byte @Nullable [] host, @Nullable Element element) {
    this.trust = from.trust;
    this.client = from.client;
    this.scheme = from.scheme;
    this.fallbackHost = from.fallbackHost;
    this.host = host;
    this.element = element;
  }

  /// The same with another X-Forwarded-Host than the Host of the request.
  ///
  /// @throws IllegalArgumentException if it could not stand in a header
  public Forwarding withHost(String asked) {
    return new Forwarding(this, visible(asked), element);
  }

  /// The same with a Forwarded line too (RFC 7239).
  ///
  /// @param earlier the elements that are believed, each followed by a comma, or nothing
  /// @param node the peer as a node that needs no more quoting
  /// @param reachedBy `http` or `https`, as the peer reached us
  /// @throws IllegalArgumentException if one could not stand in a header
  public Forwarding withForwarded(String earlier, String node, String reachedBy) {
    byte[] start = visible("Forwarded: " + earlier + "for=" + node + ";host=\"");
    byte[] end = ascii("\";proto=" + reachedBy + "\r\n");
    return new Forwarding(this, host, new Element(start, end));
  }

  private static byte[] visible(String text) {
    byte[] ascii = ascii(text);
    if (ascii.length == 0 || Octets.skipText(ascii, 0, ascii.length) != ascii.length) {
      throw new IllegalArgumentException("not a header value: " + text.length() + " characters");
    }
    return ascii;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  Trust trust() {
    return trust;
  }

  byte[] client() {
    return client;
  }

  byte[] scheme() {
    return scheme;
  }

  byte[] fallbackHost() {
    return fallbackHost;
  }

  byte @Nullable [] host() {
    return host;
  }

  @Nullable Element element() {
    return element;
  }
}
