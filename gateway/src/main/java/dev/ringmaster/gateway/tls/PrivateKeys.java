package dev.ringmaster.gateway.tls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Private keys from a file: PKCS#8, and the older forms of RSA (PKCS#1) and of elliptic curves
/// (SEC1), which are wrapped.
final class PrivateKeys {
  private static final String EXPECTED = "-----BEGIN PRIVATE KEY-----";

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

  /// `SEQUENCE { OID rsaEncryption, NULL }`.
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  /// `OID id-ecPublicKey`; the curve follows in the same sequence.
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  /// `INTEGER 0`, the version of PKCS#8.
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int CURVE = 0xA0;

  private PrivateKeys() {}

  /// The first private key of a file.
  static PrivateKey read(Path file) throws Unusable {
    for (Pem.Block block : Pem.read(file, EXPECTED).blocks()) {
      if (block.label().endsWith("PRIVATE KEY")) {
        return parse(file, block);
      }
    }
    throw new Unusable(file + " has no private key: expected " + EXPECTED);
  }

  private static PrivateKey parse(Path file, Pem.Block block) throws Unusable {
    if (block.encrypted()) {
      throw new Unusable(
          file + " has an encrypted key: expected one without a password, " + EXPECTED);
    }
    try {
      byte[] der = block.der();
      byte[] pkcs8 =
          switch (block.label()) {
            case "RSA PRIVATE KEY" -> wrapped(RSA, der);
            case "EC PRIVATE KEY" -> wrapped(sequence(EC, curve(der)), der);
            default -> der;
          };
      return decoded(pkcs8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new Unusable(file + " has a private key of no known kind: expected " + EXPECTED, e);
    }
  }

  private static PrivateKey decoded(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException last = new InvalidKeySpecException("not a key of " + ALGORITHMS);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (InvalidKeySpecException e) {
        last.addSuppressed(e);
      }
    }
    throw last;
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return sequence(VERSION, algorithm, element(OCTETS, key));
  }

  private static byte[] sequence(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] all = new byte[length];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return element(SEQUENCE, all);
  }

  /// Tag, length in its shortest form, content.
  private static byte[] element(int tag, byte[] content) {
    int length = content.length;
    byte[] header =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    byte[] all = Arrays.copyOf(header, header.length + length);
    System.arraycopy(content, 0, all, header.length, length);
    return all;
  }

  /// The curve's OID in `SEQUENCE { INTEGER 1, OCTET STRING, [0] { OID }, … }` (RFC 5915).
  private static byte[] curve(byte[] sec1) throws InvalidKeySpecException {
    ByteBuffer in = ByteBuffer.wrap(sec1);
    try {
      in.get();
      length(in);
      while (in.hasRemaining()) {
        int tag = in.get() & 0xFF;
        byte[] content = new byte[length(in)];
        in.get(content);
        if (tag == CURVE) {
          return content;
        }
      }
    } catch (BufferUnderflowException e) {
      throw new InvalidKeySpecException("the key ends too soon", e);
    }
    throw new InvalidKeySpecException("no curve in the key");
  }

  /// The length of an element's content, which must lie in the buffer. One byte below 0x80; else
  /// that byte less 0x80 is how many bytes of the length follow.
  private static int length(ByteBuffer in) throws InvalidKeySpecException {
    int first = in.get() & 0xFF;
    int more = first < 0x80 ? 0 : first - 0x80;
    long length = more == 0 ? first : 0;
    for (int i = 0; i < more && length <= in.capacity(); i++) {
      length = (length << Byte.SIZE) | (in.get() & 0xFF);
    }
    if (first == 0x80 || length > in.remaining()) {
      throw new InvalidKeySpecException("an element has no length that can be");
    }
    return (int) length;
  }

  /// Whether what the key signs is verified by the other.
  static boolean match(PrivateKey key, PublicKey other) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(text);
      byte[] signature = signer.sign();
      signer.initVerify(other);
      signer.update(text);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
