package dev.ringmaster.gateway.exchange;

import dev.ringmaster.gateway.ledger.Line;

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

  void begin(long nowNs) {
    beganNs = nowNs;
    connectNs = 0;
    firstByteNs = 0;
    bytesIn = 0;
    bytesOut = 0;
    status = 0;
    tries = 0;
  }

  void tried() {
    tries++;
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

  void statusUnlessBegun(int code) {
    status = status == 0 ? code : status;
  }

  long beganNs() {
    return beganNs;
  }

  long connectNs() {
    return connectNs;
  }

  long firstByteNs() {
    return firstByteNs;
  }

  long bytesIn() {
    return bytesIn;
  }

  long bytesOut() {
    return bytesOut;
  }

  int status() {
    return status;
  }

  int tries() {
    return tries;
  }

  /// A line of the access log with what is known here.
  Line onto(Line line, String replica, int seat) {
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
