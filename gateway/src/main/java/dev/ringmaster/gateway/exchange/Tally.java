package dev.ringmaster.gateway.exchange;

import dev.ringmaster.fleet.Replica;
import dev.ringmaster.gateway.ledger.Line;
import dev.ringmaster.gateway.ledger.ServiceLedger;
import dev.ringmaster.ring.Table;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one exchange comes to: times, sizes, status, tries.
final class Tally {
  private long beganNs;
  private long connectingNs;
  private long connectNs;
  private long firstByteNs;
  private long bytesIn;
  private long bytesOut;
  private int status;
  private int tries;
  private int sent;
  private long waitedNs;
  private Hedged hedged = Hedged.NO;
  private int spilledFrom;
  private int spread;

  /// An exchange begins.
  void begin(long nowNs) {
    beganNs = nowNs;
    connectNs = 0;
    firstByteNs = 0;
    bytesIn = 0;
    bytesOut = 0;
    status = 0;
    tries = 0;
    sent = 0;
    spilledFrom = Table.NONE;
    spread = 1;
    waitedNs = 0;
    hedged = Hedged.NO;
  }

  /// Whether there was a second try, and which of the two answered.
  private enum Hedged {
    NO(""),
    LOST("hedged"),
    WON("hedged, the second answered");

    private final String note;

    Hedged(String note) {
      this.note = note;
    }
  }

  /// A second try began.
  void hedged() {
    tries++;
    hedged = Hedged.LOST;
  }

  /// The second try answers.
  void hedgeWon() {
    hedged = Hedged.WON;
  }

  /// It waited in the line for a place.
  void waited(long ns) {
    waitedNs += ns;
  }

  /// The request was written to a replica.
  void sent() {
    sent++;
  }

  /// Whether a replica may have seen it.
  boolean seen() {
    return sent > 0;
  }

  void tried() {
    tries++;
  }

  /// A replica was chosen: whether another was passed over for it, or the key is spread.
  ///
  /// @param over how many seats the key's requests go to
  void chosen(LocalService service, Replica chosen, int over) {
    int from = service.chooser().spilledFrom();
    if (from != Table.NONE) {
      service.ledger().spill(chosen.seat());
      spilledFrom = from;
    } else if (over > 1) {
      service.ledger().spread(chosen.seat());
      spread = over;
    }
  }

  void connecting(long nowNs) {
    connectingNs = nowNs;
  }

  void connected(long nowNs) {
    connectNs = nowNs - connectingNs;
  }

  void connectionKept() {
    connectNs = 0;
  }

  void firstByte(long nowNs) {
    firstByteNs = nowNs - beganNs;
  }

  void in(int bytes) {
    bytesIn += bytes;
  }

  void out(int bytes) {
    bytesOut += bytes;
  }

  void status(int code) {
    status = code;
  }

  /// The status of the answer; 0 while there is none.
  int status() {
    return status;
  }

  void statusUnlessBegun(int code) {
    status = status == 0 ? code : status;
  }

  long beganNs() {
    return beganNs;
  }

  int tries() {
    return tries;
  }

  /// Writes down what a tunnel came to.
  void endTunnel(LocalService service, Requester client, Replica last, @Nullable String note) {
    service.ledger().exchanges(-1);
    service.ledger().tunnelClosed(last.seat(), status, bytesIn, bytesOut);
    log(service.lane(), client, last, note);
  }

  /// Writes down what the exchange came to.
  ///
  /// @param last the replica tried last, null if none was
  void end(LocalService service, Requester client, @Nullable Replica last, @Nullable String note) {
    ServiceLedger ledger = service.ledger();
    ledger.exchanges(-1);
    if (last == null) {
      ledger.unseated(status);
    } else {
      ledger.exchange(last.seat(), status, bytesIn, bytesOut, service.lane().nowNs() - beganNs);
    }
    log(service.lane(), client, last, note);
  }

  private void log(Lane lane, Requester client, @Nullable Replica last, @Nullable String note) {
    if (lane.lines() != null) {
      Line plain =
          client.line(status, lane.nowNs() - beganNs, noted(note == null ? placement() : note));
      lane.log(last == null ? plain : onto(plain, last.name(), last.seat()));
    }
  }

  /// What there is to say besides: how long it waited for a place, and of its second try.
  private @Nullable String noted(@Nullable String end) {
    if (waitedNs == 0 && hedged == Hedged.NO) {
      return end;
    }
    StringJoiner notes = new StringJoiner("; ");
    if (waitedNs > 0) {
      notes.add("waited " + TimeUnit.NANOSECONDS.toMillis(waitedNs) + " ms");
    }
    if (hedged != Hedged.NO) {
      notes.add(hedged.note);
    }
    if (end != null) {
      notes.add(end);
    }
    return notes.toString();
  }

  /// Why it is not at its key's owner; null if it is, or nothing is known.
  private @Nullable String placement() {
    if (spilledFrom != Table.NONE) {
      return "spilled from seat " + spilledFrom + ", which was full";
    }
    return spread > 1 ? "a heavy key, spread over " + spread + " seats" : null;
  }

  /// A line of the access log with what is known here.
  private Line onto(Line line, String replica, int seat) {
    return new Line(
        line.startedMs(),
        line.client(),
        line.method(),
        line.target(),
        line.status(),
        replica,
        seat,
        tries,
        line.durationNs(),
        connectNs,
        firstByteNs,
        bytesIn,
        bytesOut,
        line.note());
  }
}
