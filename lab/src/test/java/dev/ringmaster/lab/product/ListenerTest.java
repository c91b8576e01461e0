package dev.ringmaster.lab.product;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTest {
  private static final List<String> TABLE =
      List.of(
          "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
          "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000000000000000 100 0 0 10 0",
          "   1: 0100007F:1388 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000000000000000 100 0 0 10 0",
          "   2: 0100007F:1389 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000000000000000 100 0 0 10 0");

  @Test
  void onlyTheListeningSocketOfThePortCounts() {
    assertThat(Listener.sockets(TABLE, 5000)).containsExactly("socket:[4711]");
    assertThat(Listener.sockets(TABLE, 5001)).containsExactly("socket:[4713]");
  }

  @Test
  void aPortOnWhichNobodyListensHasNoSocket() {
    assertThat(Listener.sockets(TABLE, 0xC001)).isEmpty();
    assertThat(Listener.sockets(List.of(), 5000)).isEmpty();
  }
}
