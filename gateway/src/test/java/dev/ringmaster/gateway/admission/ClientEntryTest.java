package dev.ringmaster.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.settings.Rate;
import java.net.InetAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientEntryTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Rate RATE = Rate.parse("10/s burst 30");

  private static int taken(ClientEntry client, Rate rate, long nowNs) {
    int taken = 0;
    while (client.take(rate, nowNs)) {
      taken++;
    }
    return taken;
  }

  /// The clock of the JVM may be anywhere, below zero and about to overflow too.
  @ParameterizedTest
  @ValueSource(longs = {0, -5 * SECOND_NS, Long.MAX_VALUE - SECOND_NS, Long.MIN_VALUE})
  void aQuietClientHasABurstAndThenTheRate(long startNs) {
    ClientEntry client = new ClientEntry(1, startNs);
    assertThat(taken(client, RATE, startNs)).isEqualTo(30);
    assertThat(taken(client, RATE, startNs + SECOND_NS)).isEqualTo(10);
    assertThat(taken(client, RATE, startNs + 2 * SECOND_NS + SECOND_NS / 2)).isEqualTo(15);
  }

  @Test
  void savingsEndAtTheBurst() {
    ClientEntry client = new ClientEntry(1, 0);
    assertThat(taken(client, RATE, 3_600 * SECOND_NS)).isEqualTo(30);
  }

  @Test
  void aRefusedRequestCostsNothing() {
    ClientEntry client = new ClientEntry(1, 0);
    taken(client, RATE, 0);
    for (int i = 0; i < 1_000; i++) {
      assertThat(client.take(RATE, SECOND_NS / 20)).isFalse();
    }
    assertThat(client.take(RATE, SECOND_NS / 10)).isTrue();
  }

  @Test
  void itSaysWhenToComeAgain() {
    Rate slow = Rate.parse("6/m burst 1");
    ClientEntry client = new ClientEntry(1, 0);
    assertThat(client.take(slow, 0)).isTrue();
    assertThat(client.retryAfterS(slow, 0)).isEqualTo(10);
    assertThat(client.retryAfterS(slow, 4 * SECOND_NS)).isEqualTo(6);
    assertThat(client.take(slow, 10 * SECOND_NS - 1)).isFalse();
    assertThat(client.take(slow, 10 * SECOND_NS)).isTrue();
    assertThat(client.retryAfterS(RATE, 10 * SECOND_NS)).as("never 0").isGreaterThanOrEqualTo(1);
  }

  @Test
  void itIsWholeAgainWhenTheBurstIsThere() {
    ClientEntry client = new ClientEntry(1, 0);
    assertThat(client.whole(0)).isTrue();
    taken(client, RATE, 0);
    assertThat(client.whole(3 * SECOND_NS - 1)).isFalse();
    assertThat(client.whole(3 * SECOND_NS)).isTrue();
  }

  @Test
  void theRateHoldsExactlyAmongThreads() throws Exception {
    ClientEntry client = new ClientEntry(1, 0);
    Rate rate = Rate.parse("1000/s");
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofPlatform()
              .start(() -> {
                awaited(go);
                taken.addAndGet(taken(client, rate, 0));
              });
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(taken).hasValue(1_000);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAddressIsItselfAndAnIpv6OneIsItsNetwork() throws Exception {
    assertThat(key("192.0.2.1")).isNotEqualTo(key("192.0.2.2"));
    assertThat(key("::ffff:192.0.2.1")).isEqualTo(key("192.0.2.1"));
    assertThat(key("2001:db8:1:2::1")).isEqualTo(key("2001:db8:1:2:ffff::9"));
    assertThat(key("2001:db8:1:2::1")).isNotEqualTo(key("2001:db8:1:3::1"));
    assertThat(key("::1")).isNotEqualTo(key("0.0.0.0"));
    assertThat(key("255.255.255.255")).isEqualTo(-1);
  }

  private static long key(String address) throws Exception {
    return ClientEntry.keyOf(InetAddress.getByName(address).getAddress());
  }
}
