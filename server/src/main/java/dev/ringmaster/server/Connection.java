package dev.ringmaster.server;

import dev.ringmaster.server.http.BadRequest;
import dev.ringmaster.server.http.Exchange;
import dev.ringmaster.server.http.Input;
import dev.ringmaster.server.http.Output;
import java.io.IOException;
import java.net.Socket;

/// One client connection: exchanges one after the other, in the order in which they came.
final class Connection implements Runnable {
  /// How many bytes a peer may still send after the last answer before it is cut off.
  private static final int LINGER_BYTES = 64 * 1024;

  private static final int LINGER_MS = 1000;

  private final Socket socket;
  private final Input input;
  private final Output output;
  private final Listener listener;
  private volatile boolean inExchange;

  Connection(Socket socket, Listener listener) throws IOException {
    socket.setTcpNoDelay(true);
    this.socket = socket;
    this.input = new Input(socket);
    this.output = new Output(socket);
    this.listener = listener;
  }

  @Override
  public void run() {
    try {
      serve();
    } catch (IOException | InterruptedException ended) {
      // The peer went away, as peers do.
    } finally {
      cut();
      listener.ended(this);
    }
  }

  private void serve() throws IOException, InterruptedException {
    while (!listener.isClosed() && input.awaitRequest()) {
      inExchange = true;
      boolean goOn = exchange();
      inExchange = false;
      if (!goOn) {
        linger();
        return;
      }
    }
  }

  private boolean exchange() throws IOException, InterruptedException {
    Exchange exchange;
    try {
      exchange = Exchange.read(input, output);
    } catch (BadRequest bad) {
      refuse(bad);
      return false;
    }
    if (listener.isClosed()) {
      exchange.endConnection();
    }
    try {
      listener.endpoints().answer(exchange);
      return exchange.finish();
    } catch (BadRequest bad) {
      if (!exchange.isAnswered()) {
        refuse(bad);
      }
      return false;
    }
  }

  private void refuse(BadRequest bad) throws IOException {
    byte[] refusal = Exchange.refusal(bad);
    output.write(refusal, 0, refusal.length);
  }

  /// Lets the peer read the last answer: closing at once, with its bytes unread, would reset the
  /// connection and could take the answer away from it (RFC 9112, section 9.6).
  private void linger() throws IOException {
    if (socket.isClosed()) {
      return;
    }
    socket.shutdownOutput();
    socket.setSoTimeout(LINGER_MS);
    byte[] dropped = new byte[8192];
    long deadlineNs = System.nanoTime() + LINGER_MS * 1_000_000L;
    for (int total = 0; total < LINGER_BYTES && System.nanoTime() < deadlineNs; ) {
      int count = socket.getInputStream().read(dropped);
      if (count < 0) {
        return;
      }
      total += count;
    }
  }

  /// Whether a request is being read or answered.
  boolean inExchange() {
    return inExchange;
  }

  /// Whether an exchange is open in which no byte moved for that long.
  boolean isStuck(long limitNs) {
    return inExchange && System.nanoTime() - output.movedNs() > limitNs;
  }

  /// Cuts the connection off.
  void cut() {
    try {
      socket.close();
    } catch (IOException gone) {
      // Closing is all that was wanted; a socket that fails at that is closed.
    }
  }
}
