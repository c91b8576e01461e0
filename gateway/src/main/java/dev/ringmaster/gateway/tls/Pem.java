package dev.ringmaster.gateway.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The blocks of a PEM file (RFC 7468).
///
/// @param file where they stand
/// @param blocks in the order of the file
record Pem(Path file, List<Block> blocks) {
  /// No file of certificates is larger.
  private static final long MOST_BYTES = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*(.*?)-----END \\1-----", Pattern.DOTALL);

  /// One block.
  ///
  /// @param label `CERTIFICATE`, `PRIVATE KEY` and so on
  /// @param text what stands between its lines
  record Block(String label, String text) {
    /// Whether it is encrypted in the way of old OpenSSL.
    boolean encrypted() {
      return label.equals("ENCRYPTED PRIVATE KEY") || text.contains("ENCRYPTED");
    }

    /// Its bytes.
    ///
    /// @throws IllegalArgumentException if it is not Base64
    byte[] der() {
      return Base64.getMimeDecoder().decode(text);
    }
  }

  /// Reads a file.
  ///
  /// @param expected what stands in it, for the message
  static Pem read(Path file, String expected) throws Unusable {
    String text = text(file);
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
    if (blocks.isEmpty()) {
      throw new Unusable(file + " is not a PEM file: expected " + expected);
    }
    return new Pem(file, List.copyOf(blocks));
  }

  private static String text(Path file) throws Unusable {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new Unusable(file + " is larger than 1 MiB, too large for certificates or a key");
      }
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new Unusable(file + " does not exist", e);
    } catch (AccessDeniedException e) {
      throw new Unusable(file + " cannot be read: permission denied", e);
    } catch (IOException e) {
      throw new Unusable(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
