package dev.ringmaster.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// The bytes that go to the peer. Remembers when the exchange last moved, in either direction, so
/// that a peer that takes nothing can be cut off: a blocking write has no time limit of its own.
public final class Output extends OutputStream {
  private final Socket socket;
  private final OutputStream stream;
  private volatile long movedNs = System.nanoTime();

  /// @throws IOException if the socket is closed already
  public Output(Socket socket) throws IOException {
    this.socket = socket;
    this.stream = socket.getOutputStream();
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    stream.write(bytes, offset, length);
    progress();
  }

  /// When bytes last moved, by [System#nanoTime()].
  public long movedNs() {
    return movedNs;
  }

  void progress() {
    movedNs = System.nanoTime();
  }

  /// Ends the connection with a reset, so that the peer sees it break.
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
