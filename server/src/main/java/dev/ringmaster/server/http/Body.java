package dev.ringmaster.server.http;

import dev.ringmaster.server.http.Request.Framing;
import java.io.IOException;
import java.io.InputStream;

/// The body of one request, as a stream that ends where the body ends (RFC 9112, sections 6.3 and
/// 7.1). Chunk extensions and trailer fields are read and dropped.
public final class Body extends InputStream {
  /// The most bytes that a line of chunk framing, and all trailer fields together, may have.
  static final int MAX_LINE_BYTES = 4096;

  private static final byte[] CONTINUE = {
    'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '1', '0', '0', ' ', 'C', 'o', 'n', 't', 'i', 'n',
    'u', 'e', '\r', '\n', '\r', '\n'
  };

  private enum Part {
    HELD_BACK,
    FIXED,
    FIRST_CHUNK,
    CHUNK,
    END
  }

  private final Input input;
  private final Output output;
  private final boolean chunked;
  private Part part;
  private long left;

  Body(Input input, Output output, Framing framing) {
    this.input = input;
    this.output = output;
    this.chunked = framing.length() == Framing.CHUNKED;
    this.left = chunked ? 0 : framing.length();
    this.part = framing.awaitsContinue() ? Part.HELD_BACK : firstPart();
  }

  /// Whether the peer still waits to be told that its body is wanted.
  boolean isHeldBack() {
    return part == Part.HELD_BACK;
  }

  /// Reads the rest of the body and drops it.
  public void drain() throws IOException {
    byte[] dropped = new byte[part == Part.END ? 0 : 8192];
    while (part != Part.END) {
      read(dropped, 0, dropped.length);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (part == Part.HELD_BACK) {
      output.write(CONTINUE, 0, CONTINUE.length);
      part = firstPart();
    }
    if (chunked && left == 0 && part != Part.END) {
      beginChunk();
    }
    if (part == Part.END) {
      return -1;
    }
    int count = input.read(target, offset, (int) Math.min(length, left));
    output.progress();
    left -= count;
    if (!chunked && left == 0) {
      part = Part.END;
    }
    return count;
  }

  private Part firstPart() {
    if (chunked) {
      return Part.FIRST_CHUNK;
    }
    return left == 0 ? Part.END : Part.FIXED;
  }

  private void beginChunk() throws IOException {
    if (part == Part.CHUNK) {
      expect('\r');
      expect('\n');
    }
    left = chunkSize();
    part = Part.CHUNK;
    if (left == 0) {
      dropTrailers();
      part = Part.END;
    }
  }

  private long chunkSize() throws IOException {
    long size = 0;
    int digits = 0;
    int octet = input.readByte();
    for (int digit; (digit = hexDigit(octet)) >= 0; octet = input.readByte()) {
      size = size * 16 + digit;
      if (++digits > 15) {
        throw new BadRequest(400, "a chunk is too large");
      }
    }
    if (digits == 0 || (octet != '\r' && octet != ';' && octet != ' ' && octet != '\t')) {
      throw new BadRequest(400, "a chunk does not begin with its size");
    }
    for (int skipped = 0; octet != '\r'; octet = input.readByte()) {
      if (++skipped > MAX_LINE_BYTES || octet == '\n') {
        throw new BadRequest(400, "a chunk's first line is too long or ends in a bare LF");
      }
    }
    expect('\n');
    return size;
  }

  private void dropTrailers() throws IOException {
    int total = 0;
    while (true) {
      int inLine = 0;
      for (int octet; (octet = input.readByte()) != '\r'; inLine++) {
        if (++total > MAX_LINE_BYTES || octet == '\n') {
          throw new BadRequest(400, "the trailer fields are too long or end in a bare LF");
        }
      }
      expect('\n');
      if (inLine == 0) {
        return;
      }
    }
  }

  private void expect(char wanted) throws IOException {
    if (input.readByte() != wanted) {
      throw new BadRequest(400, "the chunks of a body are not framed by CR LF");
    }
  }

  private static int hexDigit(int octet) {
    if (octet >= '0' && octet <= '9') {
      return octet - '0';
    }
    int lower = octet | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }
}
