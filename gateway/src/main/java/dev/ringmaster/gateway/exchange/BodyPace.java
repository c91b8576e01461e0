package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.time.Deadline;
import dev.ringmaster.gateway.time.Expiring;
import java.time.Duration;
import java.util.Locale;

/// Whether the body of a request comes fast enough: in each window of ten seconds at least so many
/// bytes. Nothing is asked of a client that was held back, waits for `100 Continue`, has an answer
/// already or speaks gRPC, whose streams may rest.
///
/// Looked at once a window, so that it costs the bytes themselves nothing.
final class BodyPace implements Expiring {
  static final Duration WINDOW = Duration.ofSeconds(10);
  private static final String GRPC = "application/grpc";

  /// What becomes of a request whose body comes too slowly.
  enum Dawdling {
    /// Something else than its body is waited for just now.
    BORNE,
    ENDED
  }

  private enum Window {
    FREE,
    HELD_BACK
  }

  private final Lane lane;
  private final ClientConnection client;
  private final Deadline deadline = new Deadline(this);
  private final long leastBytes;
  private long seenBytes;
  private Window window = Window.FREE;

  /// @param bytesPerSecond what a client must send
  BodyPace(Lane lane, ClientConnection client, int bytesPerSecond) {
    this.lane = lane;
    this.client = client;
    this.leastBytes = bytesPerSecond * WINDOW.toSeconds();
  }

  /// A body begins.
  void begin() {
    seenBytes = 0;
    next();
  }

  private void next() {
    window = Window.FREE;
    lane.waits().arm(deadline, lane.waits().ticks(WINDOW));
  }

  /// Bytes of the client wait for the replica.
  void heldBack() {
    window = Window.HELD_BACK;
  }

  /// The connection closes.
  void end() {
    lane.waits().disarm(deadline);
  }

  @Override
  public void expired() {
    BodyReader body = client.body();
    if (body.state() != BodyReader.State.OPEN) {
      return;
    }
    long came = body.contentBytes() - seenBytes;
    seenBytes = body.contentBytes();
    boolean dawdles = window == Window.FREE && came < leastBytes && !excused(client.head());
    if (!dawdles || client.dawdles() == Dawdling.BORNE) {
      next();
    }
  }

  @Override
  public void broke() {
    client.close();
  }

  private boolean excused(RequestHead head) {
    if (head.expectContinue() && seenBytes == 0) {
      return true;
    }
    int type = head.find(KnownHeader.CONTENT_TYPE);
    return type >= 0 && head.valueText(type).toLowerCase(Locale.ROOT).startsWith(GRPC);
  }
}
