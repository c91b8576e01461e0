package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.http1.Answers;
import dev.ringmaster.gateway.http1.Persistence;
import dev.ringmaster.gateway.own.AnswerBody.Pieces;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The body of an answer of Ringmaster's own that comes in pieces.
///
/// ```
/// asking ⇄ held back     the next piece is asked for when the client takes more
///    └──────┴──→ over    the last piece, a client that left or takes nothing, the end of Ringmaster
/// ```
final class OwnStream {
  private static final Logger LOG = LoggerFactory.getLogger(OwnStream.class);

  private enum Stage {
    ASKING,
    HELD_BACK,
    OVER
  }

  private final Lane lane;
  private final ClientConnection client;
  private final OwnTurn turn;
  private final Pieces pieces;
  private final Persistence persistence;
  private Stage stage = Stage.HELD_BACK;

  /// A body whose head is written.
  OwnStream(
      Lane lane, ClientConnection client, OwnTurn turn, Pieces pieces, Persistence persistence) {
    this.lane = lane;
    this.client = client;
    this.turn = turn;
    this.pieces = pieces;
    this.persistence = persistence;
  }

  /// Asks for the next piece if none is asked for and the client takes more.
  void advance() {
    if (stage != Stage.HELD_BACK) {
      return;
    }
    if (client.writable()) {
      stage = Stage.ASKING;
      client.disarm();
      pieces.next().whenComplete((piece, defect) -> lane.loop().execute(() -> take(piece, defect)));
    } else {
      client.arm(lane.waits().idle);
    }
  }

  private void take(byte @Nullable [] piece, @Nullable Throwable defect) {
    if (stage == Stage.OVER) {
      return;
    }
    if (piece == null) {
      LOG.error("defect in an endpoint of Ringmaster's own, whose answer is cut", defect);
      cut("a defect");
    } else if (piece.length == 0) {
      end();
    } else {
      stage = Stage.HELD_BACK;
      ByteBuf out = lane.allocator().directBuffer(piece.length + Answers.PIECE_FRAME_BYTES);
      Answers.piece(out, piece, persistence);
      client.write(out);
      client.flush();
      advance();
    }
  }

  /// Ends the body here, in good order.
  void end() {
    if (stage != Stage.OVER) {
      over();
      ByteBuf out = lane.allocator().directBuffer();
      Answers.lastPiece(out, persistence);
      client.write(out);
      turn.streamed(null);
      client.turnOver(lane.draining() ? Persistence.CLOSE : persistence);
    }
  }

  /// Ends it so that the client cannot take it for whole.
  void cut(String note) {
    over();
    turn.streamed(note);
    if (persistence == Persistence.CLOSE_UNCHUNKED) {
      client.reset();
    } else {
      client.close();
    }
  }

  /// No piece is asked for any more.
  void over() {
    stage = Stage.OVER;
    pieces.close();
  }
}
