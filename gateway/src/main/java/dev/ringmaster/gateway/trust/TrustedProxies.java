package dev.ringmaster.gateway.trust;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The proxies whose word about their clients is taken; loopback is one only if listed.
public final class TrustedProxies {
  /// Nobody is believed.
  public static final TrustedProxies NONE = new TrustedProxies(List.of(), List.of());

  private final List<String> texts;
  private final List<Cidr> blocks;

  private TrustedProxies(List<String> texts, List<Cidr> blocks) {
    this.texts = texts;
    this.blocks = blocks;
  }

  /// Reads addresses and CIDR blocks such as `10.0.0.0/8`, `fd00::/8`, `127.0.0.1`.
  ///
  /// @throws IllegalArgumentException if one is neither; the message says which
  public static TrustedProxies of(List<String> texts) {
    List<Cidr> blocks = new ArrayList<>();
    for (String text : texts) {
      blocks.add(Cidr.parse(text));
    }
    return new TrustedProxies(List.copyOf(texts), List.copyOf(blocks));
  }

  /// The text, if it is an address or a block.
  ///
  /// @throws IllegalArgumentException if it is neither; the message says why
  public static String checked(String text) {
    Cidr.parse(text);
    return text;
  }

  /// Whether nobody is trusted.
  public boolean none() {
    return blocks.isEmpty();
  }

  /// Whether the address is one of them.
  public boolean trust(InetAddress address) {
    if (blocks.isEmpty()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    for (Cidr block : blocks) {
      if (block.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrustedProxies proxies && proxies.texts.equals(texts);
  }

  @Override
  public int hashCode() {
    return texts.hashCode();
  }

  @Override
  public String toString() {
    return texts.toString();
  }
}
