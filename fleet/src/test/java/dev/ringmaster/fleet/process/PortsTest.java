package dev.ringmaster.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.runtime.StartFailure;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PortsTest {

  /// Draws the same port each time.
  private static RandomGenerator always(int port) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        return 0;
      }

      @Override
      public int nextInt(int bound) {
        return port - 20_000;
      }
    };
  }

  @Test
  void noPortIsGivenTwiceUntilItIsGivenBack() throws Exception {
    Ports ports = new Ports(new SplittableRandom(1));
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      int port = ports.take();
      assertThat(given.add(port)).isTrue();
      assertThat(port).isBetween(20_000, 31_999);
    }
  }

  @Test
  void aPortThatWasGivenBackMayBeTakenAgainAndOneThatIsKeptMayNot() throws Exception {
    int port = new Ports(new SplittableRandom(2)).take();
    Ports ports = new Ports(always(port));
    assertThat(ports.take()).isEqualTo(port);
    assertThatThrownBy(ports::take).isInstanceOf(StartFailure.class);
    ports.giveBack(port);
    assertThat(ports.take()).isEqualTo(port);
    ports.giveBack(port);
    ports.keep(port);
    assertThatThrownBy(ports::take).hasMessageContaining("no free port between 20000 and 31999");
  }

  @Test
  void aPortThatSomebodyListensOnIsNotGiven() throws Exception {
    int port = new Ports(new SplittableRandom(3)).take();
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(taken.isBound()).isTrue();
      assertThatThrownBy(() -> new Ports(always(port)).take()).isInstanceOf(StartFailure.class);
    }
    assertThat(new Ports(always(port)).take()).isEqualTo(port);
  }
}
