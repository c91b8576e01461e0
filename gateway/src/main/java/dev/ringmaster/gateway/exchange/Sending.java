package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.BodyReader;
import dev.ringmaster.gateway.http1.KnownHeader;
import dev.ringmaster.gateway.http1.Passing;
import dev.ringmaster.gateway.http1.RequestHead;
import dev.ringmaster.gateway.http1.ResponseHead;
import dev.ringmaster.gateway.http1.Upgrade;
import dev.ringmaster.gateway.retry.FailedTry.BodyKept;
import io.netty.buffer.ByteBuf;

/// The way of a request to a replica: its head, written anew, and what is kept of its body.
final class Sending {
  /// The client's `Expect: 100-continue`, as far as the replica has it.
  private enum Leave {
    NOT_ASKED,
    ASKED,
    GIVEN
  }

  private final Lane lane;
  private final Requester client;
  private final KeptBody kept;
  private Passing passing = Passing.PLAIN;
  private Leave leave = Leave.NOT_ASKED;

  Sending(Lane lane, Requester client, KeptBody kept) {
    this.lane = lane;
    this.client = client;
    this.kept = kept;
  }

  /// Writes what is at hand of the request, from its first byte.
  void begin(UpstreamConnection connection) {
    RequestHead head = client.head();
    ByteBuf out = lane.allocator().directBuffer(head.headLength() + ClientPassage.ADDED_BYTES);
    passing = passing(head);
    leave = passing == Passing.EXPECT ? Leave.ASKED : Leave.NOT_ASKED;
    client.writeHead(out, passing);
    connection.write(out);
    kept.sendTo(connection);
  }

  private Passing passing(RequestHead head) {
    if (head.expectContinue()) {
      return kept.empty() ? Passing.EXPECT : Passing.PLAIN;
    }
    return head.upgrades() && Upgrade.passesOn(head) ? Passing.UPGRADE : Passing.PLAIN;
  }

  /// Whether the last byte of the request has come from the client.
  boolean complete() {
    return client.body().state() == BodyReader.State.ENDED;
  }

  /// Whether the next bytes have to come from the replica: all of the request was sent, or it was
  /// asked for leave to get the body and has said nothing, and the client waits for that.
  boolean due() {
    return complete() || (leave == Leave.ASKED && client.body().contentBytes() == 0);
  }

  /// The replica has said something before its answer; whether that is leave to send the body.
  boolean leaveGiven(ResponseHead head) {
    boolean given = leave == Leave.ASKED && head.status() == 100;
    leave = given ? Leave.GIVEN : leave;
    return given;
  }

  /// Whether another protocol was asked for.
  boolean upgrades() {
    return passing == Passing.UPGRADE;
  }

  /// Whether it could be sent to another replica now, as well: it changes nothing, or names itself
  /// so that the replicas can tell that it is one, and all of it is at hand. That a PUT may be done
  /// twice does not mean that it may be done twice at once: behind the next PUT, the slower of the
  /// two would bring the old state back.
  boolean repeatable() {
    return passing == Passing.PLAIN
        && complete()
        && (client.head().method().safe() || client.head().has(KnownHeader.IDEMPOTENCY_KEY))
        && kept.kept() == BodyKept.WHOLE;
  }
}
