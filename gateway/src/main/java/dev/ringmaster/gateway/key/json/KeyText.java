package dev.ringmaster.gateway.key.json;

import java.util.Arrays;

/// The UTF-8 bytes of a text, up to a number of characters.
final class KeyText {
  private static final int FIRST_BYTES = 64;

  private final int mostChars;
  private byte[] bytes = new byte[FIRST_BYTES];
  private int length;
  private int chars;
  private int continuing;

  /// An empty text that takes so many Unicode characters.
  KeyText(int mostChars) {
    this.mostChars = mostChars;
  }

  /// Forgets the text. A longer array is not kept for the next: there may be many idle connections.
  void clear() {
    if (bytes.length > FIRST_BYTES) {
      bytes = new byte[FIRST_BYTES];
    } else {
      Arrays.fill(bytes, 0, length, (byte) 0);
    }
    length = 0;
    chars = 0;
    continuing = 0;
  }

  /// Adds a byte, unless it begins a character too many.
  void add(int b) {
    if ((b & 0xC0) == 0x80) {
      continuing--;
    } else if (chars == mostChars) {
      continuing = 0;
      return;
    } else {
      chars++;
      continuing = continuing(b);
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = (byte) b;
  }

  /// How many bytes of its character follow a first one.
  private static int continuing(int b) {
    int ones = Integer.numberOfLeadingZeros(~(b << 24));
    return ones >= 2 && ones <= 4 ? ones - 1 : 0;
  }

  /// Adds a character.
  void addChar(int c) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xC0 | (c >> 6));
      add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      add(0xE0 | (c >> 12));
      add(0x80 | ((c >> 6) & 0x3F));
      add(0x80 | (c & 0x3F));
    } else {
      add(0xF0 | (c >> 18));
      add(0x80 | ((c >> 12) & 0x3F));
      add(0x80 | ((c >> 6) & 0x3F));
      add(0x80 | (c & 0x3F));
    }
  }

  /// Whether all characters it takes are there, the last one to its last byte.
  boolean full() {
    return chars == mostChars && continuing <= 0;
  }

  boolean is(byte[] other) {
    return Arrays.equals(bytes, 0, length, other, 0, other.length);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }
}
