package dev.ringmaster.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One request and its answer. The answer is given by exactly one of [#answer], [#stream] and
/// [#breakOff], after as much of the body was read as is wanted.
public final class Exchange {
  /// The length of an answer that is streamed and whose length is not known.
  public static final long UNKNOWN = -1;

  private enum Phase {
    OPEN,
    ANSWERED,
    LAST
  }

  private final Request request;
  private final Body body;
  private final Output output;
  private Phase phase = Phase.OPEN;
  private boolean persistent;
  private @Nullable String allow;

  private Exchange(Request request, Input input, Output output) {
    this.request = request;
    this.body = new Body(input, output, request.framing());
    this.output = output;
    this.persistent = request.framing().persistent();
  }

  /// Reads the head of the next request.
  ///
  /// @throws BadRequest if there is none that this server takes
  public static Exchange read(Input input, Output output) throws IOException {
    output.progress();
    return new Exchange(input.takeHead().parse(), input, output);
  }

  /// The head of the request.
  public Request request() {
    return request;
  }

  /// The body of the request.
  public Body body() {
    return body;
  }

  /// Makes this the last exchange of its connection, and the answer says so.
  public void endConnection() {
    persistent = false;
  }

  /// Names the methods that the path has, for an answer 405.
  public void allow(String methods) {
    allow = methods;
  }

  /// Answers with a whole body, in one write.
  public void answer(int status, String type, byte[] content) throws IOException {
    settleBody();
    byte[] head = head(status, type, content.length);
    boolean bare = request.isHead() || hasNoBody(status);
    byte[] all = new byte[head.length + (bare ? 0 : content.length)];
    System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(content, 0, all, head.length, all.length - head.length);
    output.write(all, 0, all.length);
  }

  /// Sends the head of an answer whose body is written to the stream returned, which must be
  /// closed. What is written for a `HEAD` request is dropped.
  ///
  /// @param length the body's length, which must then be written, or [#UNKNOWN]
  public OutputStream stream(int status, String type, long length) throws IOException {
    byte[] head = head(status, type, length);
    output.write(head, 0, head.length);
    if (request.isHead()) {
      return OutputStream.nullOutputStream();
    }
    return length == UNKNOWN && request.minor() == 1
        ? new ChunkedOutput(output)
        : new Unclosed(output);
  }

  /// Breaks the connection off with a reset.
  public void breakOff() throws IOException {
    persistent = false;
    phase = Phase.LAST;
    output.reset();
  }

  /// Sends bytes as they are, instead of an answer, and ends the connection.
  public void raw(byte[] bytes) throws IOException {
    persistent = false;
    phase = Phase.LAST;
    output.write(bytes, 0, bytes.length);
  }

  /// Reads what is left of the body.
  ///
  /// @return whether the connection can take another request
  public boolean finish() throws IOException {
    if (phase == Phase.ANSWERED && persistent) {
      body.drain();
      return true;
    }
    return false;
  }

  /// Whether an answer was begun, so that another can no longer be given.
  public boolean isAnswered() {
    return phase != Phase.OPEN;
  }

  /// A body that nobody wants is read before the answer: a peer that is still sending might never
  /// see an answer that is followed by a close. One that waits to be asked for is never sent.
  private void settleBody() throws IOException {
    if (body.isHeldBack()) {
      persistent = false;
    } else {
      body.drain();
    }
  }

  private byte[] head(int status, String type, long length) {
    StringBuilder head = new StringBuilder(192);
    head.append("HTTP/1.1 ").append(status).append(' ').append(Reason.of(status));
    head.append("\r\nDate: ").append(HttpDate.now());
    if (status != 204 && status != 304) {
      if (length != UNKNOWN) {
        head.append("\r\nContent-Length: ").append(length);
      } else if (request.minor() == 1) {
        head.append("\r\nTransfer-Encoding: chunked");
      } else {
        persistent = false;
      }
      if (length != 0) {
        head.append("\r\nContent-Type: ").append(type);
      }
    }
    if (allow != null) {
      head.append("\r\nAllow: ").append(allow);
    }
    if (!persistent) {
      head.append("\r\nConnection: close");
    } else if (request.minor() == 0) {
      head.append("\r\nConnection: keep-alive");
    }
    phase = Phase.ANSWERED;
    return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean hasNoBody(int status) {
    return status == 204 || status == 304;
  }

  /// The answer to a request whose head could not be read.
  public static byte[] refusal(BadRequest reason) {
    byte[] content = Json.failure("<Error> " + reason.reason());
    String head =
        "HTTP/1.1 "
            + reason.status()
            + ' '
            + Reason.of(reason.status())
            + "\r\nDate: "
            + HttpDate.now()
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + content.length
            + "\r\nConnection: close\r\n\r\n";
    byte[] all = new byte[head.length() + content.length];
    System.arraycopy(head.getBytes(StandardCharsets.ISO_8859_1), 0, all, 0, head.length());
    System.arraycopy(content, 0, all, head.length(), content.length);
    return all;
  }

  /// A body of known length: closing it leaves the connection open.
  private static final class Unclosed extends OutputStream {
    private final Output output;

    Unclosed(Output output) {
      this.output = output;
    }

    @Override
    public void write(int octet) throws IOException {
      output.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      output.write(bytes, offset, length);
    }
  }
}
