package dev.ringmaster.queue.callback;

import dev.ringmaster.queue.delivery.Answer;
import dev.ringmaster.queue.delivery.Courier;
import dev.ringmaster.queue.delivery.Outcome;
import dev.ringmaster.queue.delivery.Parcel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Posts results to callback URLs, each on a virtual thread and a connection of its own.
///
/// The address that is connected to is the one that was looked at: a name that resolves to another
/// address a moment later (DNS rebinding) does not lead into a private network, and redirects are
/// not followed.
///
/// ```
/// POST /path?query HTTP/1.1          from the head's POST https://host/path?query HTTP/1.1
/// Host: host
/// Content-Type: application/json
/// Content-Length: …
/// Connection: close
/// ```
public final class Caller implements Courier {
  /// An answer's head beyond it is not read.
  private static final int MOST_HEAD_BYTES = 8 << 10;

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final int FORBIDDEN = 403;

  private static final Pattern TARGET = Pattern.compile("^[A-Z]+ (\\S+) HTTP/1\\.1\\r\\n");
  private static final Pattern STATUS = Pattern.compile("^HTTP/1\\.[01] (\\d{3})[ \\r]");
  private static final Pattern RETRY_AFTER =
      Pattern.compile("(?im)^retry-after:[ \\t]*(\\d{1,9})[ \\t]*\\r?$");

  private final Reach reach;

  /// Who may be called.
  public enum Reach {
    /// Public addresses only.
    PUBLIC,
    /// Private networks and this machine too.
    ANY
  }

  public Caller(Reach reach) {
    this.reach = reach;
  }

  @Override
  public void deliver(Parcel parcel, Consumer<Outcome> ended) {
    Thread.ofVirtual().name("queue-callback").start(() -> ended.accept(call(parcel)));
  }

  private Outcome call(Parcel parcel) {
    String head = new String(parcel.message().content().head(), StandardCharsets.ISO_8859_1);
    Matcher target = TARGET.matcher(head);
    if (!target.find()) {
      throw new IllegalStateException("a callback's head is not a request");
    }
    URI url = URI.create(target.group(1));
    int timeoutMs = (int) Math.min(parcel.timeoutMs(), Integer.MAX_VALUE);
    try {
      List<InetAddress> addresses =
          List.of(InetAddress.getAllByName(url.getHost())).stream().filter(this::mayBe).toList();
      return addresses.isEmpty()
          ? answered(FORBIDDEN, -1)
          : post(url, addresses.getFirst(), parcel, timeoutMs);
    } catch (SocketTimeoutException e) {
      return new Outcome.Broken("the callback's answer did not come in time");
    } catch (IOException e) {
      return new Outcome.Broken("the callback failed: " + e);
    }
  }

  private boolean mayBe(InetAddress address) {
    return reach == Reach.ANY || !Addresses.isPrivate(address);
  }

  private Outcome post(URI url, InetAddress address, Parcel parcel, int timeoutMs)
      throws IOException {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS_PORT : HTTP_PORT;
    try (Socket plain = new Socket()) {
      plain.connect(new InetSocketAddress(address, port), timeoutMs);
      plain.setSoTimeout(timeoutMs);
      if (!secure) {
        return exchange(plain, url, parcel);
      }
      try (SSLSocket tls = secured(plain, url.getHost(), port)) {
        return exchange(tls, url, parcel);
      }
    }
  }

  private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, port, false);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    tls.setSSLParameters(parameters);
    tls.startHandshake();
    return tls;
  }

  private static Outcome exchange(Socket socket, URI url, Parcel parcel) throws IOException {
    byte[] body = parcel.message().content().body();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String head =
        "POST "
            + path
            + query
            + " HTTP/1.1\r\nHost: "
            + url.getRawAuthority()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\nIdempotency-Key: "
            + parcel.message().id()
            + "\r\nConnection: close\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
    return read(socket.getInputStream());
  }

  private static Outcome read(InputStream stream) throws IOException {
    StringBuilder head = new StringBuilder();
    BufferedInputStream in = new BufferedInputStream(stream);
    int next = in.read();
    while (next >= 0 && head.length() < MOST_HEAD_BYTES) {
      head.append((char) next);
      next = endsHead(head) ? -1 : in.read();
    }
    Matcher status = STATUS.matcher(head);
    if (!status.find()) {
      return new Outcome.Broken("the callback's answer is not HTTP");
    }
    Matcher retry = RETRY_AFTER.matcher(head);
    long retryAfterMs = retry.find() ? Long.parseLong(retry.group(1)) * 1000 : -1;
    return answered(Integer.parseInt(status.group(1)), retryAfterMs);
  }

  private static boolean endsHead(StringBuilder head) {
    int size = head.length();
    return size >= 4 && head.lastIndexOf("\r\n\r\n") == size - 4;
  }

  private static Outcome answered(int status, long retryAfterMs) {
    return new Outcome.Answered(new Answer(status, new byte[0], new byte[0], 0), 0, retryAfterMs);
  }
}
