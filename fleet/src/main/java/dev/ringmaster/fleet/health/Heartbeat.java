package dev.ringmaster.fleet.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ringmaster.fleet.health.Sign.Cause;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One heartbeat: `GET path` over a connection of its own, HTTP/1.1 (RFC 9112) as far as the status
/// line of the answer. Blocks; made for virtual threads.
///
/// The time-out ends the wait for health, not for life: after it the heartbeat is told as missed,
/// and the connection is held for a while longer, because an answer that comes late tells a busy
/// replica from a hung one.
public final class Heartbeat {
  /// A late answer is waited for this many time-outs.
  private static final int LATE_TIMEOUTS = 4;

  /// `HTTP/1.1 200`: all that is read of an answer's meaning.
  private static final int STATUS_BYTES = 12;

  /// What is read after the status, so that the replica can end its answer undisturbed.
  private static final int REST_BYTES = 16 << 10;

  /// The preface of HTTP/2 and an empty SETTINGS frame (RFC 9113, 3.4). The answer begins with a
  /// SETTINGS frame: length in three bytes, type, flags, stream in four bytes.
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".getBytes(ISO_8859_1);

  private static final int FRAME_TYPE = 3;
  private static final int SETTINGS = 4;
  private static final int OK = 200;

  private Heartbeat() {}

  /// Sends one heartbeat and tells `heard` exactly one [Sign.Answered] or [Sign.Missed], within the
  /// time-out, and perhaps a [Sign.Late] after a miss.
  public static void send(
      InetSocketAddress address, HealthSettings settings, Consumer<Sign> heard) {
    long startNs = System.nanoTime();
    long timeoutNs = settings.timeout().toNanos();
    Probe probe = settings.probe();
    try (Socket plain = new Socket()) {
      plain.connect(address, leftMs(startNs, timeoutNs));
      plain.setSoTimeout(leftMs(startNs, timeoutNs));
      try (Socket socket = probe.tls() ? TlsSockets.around(plain, address, probe) : plain) {
        socket.getOutputStream().write(question(address, settings));
        int status = readStatus(socket, startNs, timeoutNs, heard);
        if (status > 0 && !probe.http2()) {
          readRest(socket, startNs, timeoutNs);
        }
      }
    } catch (SocketTimeoutException e) {
      heard.accept(new Sign.Missed(Cause.TIMED_OUT));
    } catch (ConnectException e) {
      heard.accept(new Sign.Missed(Cause.REFUSED));
    } catch (IOException e) {
      heard.accept(new Sign.Missed(Cause.BROKEN));
    }
  }

  private static byte[] question(InetSocketAddress address, HealthSettings settings) {
    return settings.probe().http2() ? PREFACE : request(address, settings.path());
  }

  private static byte[] request(InetSocketAddress address, String path) {
    String host = address.getHostString();
    String authority = (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + authority
            + "\r\nUser-Agent: ringmaster\r\nConnection: close\r\n\r\n")
        .getBytes(ISO_8859_1);
  }

  /// The status, told to `heard`; 0 if there was none that came in time.
  private static int readStatus(Socket socket, long startNs, long timeoutNs, Consumer<Sign> heard)
      throws IOException {
    byte[] line = new byte[STATUS_BYTES];
    int have;
    try {
      have = fill(socket, line, 0, startNs, timeoutNs);
    } catch (SocketTimeoutException e) {
      heard.accept(new Sign.Missed(Cause.TIMED_OUT));
      awaitLate(socket, startNs, timeoutNs * LATE_TIMEOUTS, heard);
      return 0;
    }
    if (have == 0) {
      heard.accept(new Sign.Missed(Cause.BROKEN));
      return 0;
    }
    int status = have == STATUS_BYTES ? status(line) : 0;
    heard.accept(status > 0 ? new Sign.Answered(status) : new Sign.Missed(Cause.GARBAGE));
    return status;
  }

  private static void awaitLate(Socket socket, long startNs, long limitNs, Consumer<Sign> heard) {
    try {
      byte[] line = new byte[STATUS_BYTES];
      if (fill(socket, line, 0, startNs, limitNs) == STATUS_BYTES && status(line) > 0) {
        heard.accept(new Sign.Late());
      }
    } catch (IOException e) {
      // It was told as missed; that it stayed silent adds nothing.
    }
  }

  private static void readRest(Socket socket, long startNs, long timeoutNs) {
    byte[] rest = new byte[REST_BYTES];
    try {
      fill(socket, rest, 0, startNs, timeoutNs);
    } catch (IOException e) {
      // The status has been told; how the rest ends is no sign of anything.
    }
  }

  /// Reads until the buffer is full, the stream ends or the time is up.
  private static int fill(Socket socket, byte[] into, int from, long startNs, long limitNs)
      throws IOException {
    InputStream in = socket.getInputStream();
    int have = from;
    while (have < into.length) {
      socket.setSoTimeout(leftMs(startNs, limitNs));
      int read = in.read(into, have, into.length - have);
      if (read < 0) {
        return have;
      }
      have += read;
    }
    return have;
  }

  /// The three digits of `HTTP/1.x NNN`, 200 for the SETTINGS of HTTP/2, or 0 if that is not what
  /// the bytes say.
  private static int status(byte[] line) {
    if (line[FRAME_TYPE] == SETTINGS && line[0] == 0) {
      return OK;
    }
    String text = new String(line, ISO_8859_1);
    return text.matches("HTTP/1\\.[01] [1-5][0-9]{2}") ? Integer.parseInt(text.substring(9)) : 0;
  }

  private static int leftMs(long startNs, long limitNs) throws SocketTimeoutException {
    long leftNs = limitNs - (System.nanoTime() - startNs);
    if (leftNs <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNs));
  }
}
