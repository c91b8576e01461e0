package dev.ringmaster.server.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// The bytes that come from the peer, through one buffer that also bounds the size of a head.
public final class Input {
  /// The most bytes that a request line and its header fields may have together.
  public static final int MAX_HEAD_BYTES = 16 * 1024;

  /// How long a connection may lie idle; longer than the balancer keeps one, so that it is the
  /// balancer that closes it.
  static final int IDLE_MS = 120_000;

  /// How long a head may take from its first byte to its last.
  static final int HEAD_MS = 10_000;

  private final Socket socket;
  private final InputStream stream;
  private final byte[] buffer = new byte[MAX_HEAD_BYTES];
  private int from;
  private int to;
  private int timeoutMs;

  /// @throws IOException if the socket is closed already
  public Input(Socket socket) throws IOException {
    this.socket = socket;
    this.stream = socket.getInputStream();
    limitReads(IDLE_MS);
  }

  /// Waits for a first byte of a request.
  ///
  /// @return false if the peer closed the connection or sent nothing in time
  public boolean awaitRequest() throws IOException {
    if (from < to) {
      return true;
    }
    limitReads(IDLE_MS);
    try {
      return fill();
    } catch (SocketTimeoutException idle) {
      return false;
    }
  }

  /// Reads up to and including the blank line that ends a head, and takes it out of the input. The
  /// one empty line that may precede a request is skipped (RFC 9112, section 2.2).
  Head takeHead() throws IOException {
    skipEmptyLine();
    long deadlineNs = System.nanoTime() + HEAD_MS * 1_000_000L;
    int at = from;
    int end;
    while ((end = endOfHead(at)) < 0) {
      int seen = to - from;
      fillHead(deadlineNs);
      at = from + Math.max(0, seen - 3);
    }
    Head head = new Head(buffer, from, end - 2);
    from = end;
    limitReads(IDLE_MS);
    return head;
  }

  /// Reads one byte; the end of the stream is an error here.
  int readByte() throws IOException {
    if (from == to && !fill()) {
      throw new EOFException("the peer closed the connection inside a body");
    }
    return buffer[from++] & 0xFF;
  }

  /// Reads what there is, at most `length` bytes, at least one; the end of the stream is an error.
  int read(byte[] target, int offset, int length) throws IOException {
    if (from == to && length >= buffer.length) {
      int count = stream.read(target, offset, length);
      if (count < 0) {
        throw new EOFException("the peer closed the connection inside a body");
      }
      return count;
    }
    if (from == to && !fill()) {
      throw new EOFException("the peer closed the connection inside a body");
    }
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count;
  }

  private void skipEmptyLine() throws IOException {
    if (buffer[from] == '\r') {
      while (to - from < 2) {
        fillHead(System.nanoTime() + HEAD_MS * 1_000_000L);
      }
      if (buffer[from + 1] == '\n') {
        from += 2;
      }
    }
  }

  private int endOfHead(int at) {
    for (int i = Math.max(at, from) + 3; i < to; i++) {
      if (buffer[i] == '\n'
          && buffer[i - 1] == '\r'
          && buffer[i - 2] == '\n'
          && buffer[i - 3] == '\r') {
        return i + 1;
      }
    }
    return -1;
  }

  private void fillHead(long deadlineNs) throws IOException {
    if (to - from == MAX_HEAD_BYTES) {
      throw new BadRequest(431, "a head may have at most " + MAX_HEAD_BYTES + " bytes");
    }
    long leftMs = (deadlineNs - System.nanoTime()) / 1_000_000;
    try {
      limitReads((int) Math.max(1, leftMs));
      if (leftMs <= 0 || !fill()) {
        throw leftMs <= 0 ? new SocketTimeoutException() : new EOFException("inside a head");
      }
    } catch (SocketTimeoutException late) {
      throw new BadRequest(408, "a head must come within " + HEAD_MS + " ms");
    }
  }

  private boolean fill() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int count = stream.read(buffer, to, buffer.length - to);
    if (count < 0) {
      return false;
    }
    to += count;
    return true;
  }

  private void limitReads(int ms) throws IOException {
    if (ms != timeoutMs) {
      socket.setSoTimeout(ms);
      timeoutMs = ms;
    }
  }
}
