package dev.ringmaster.gateway.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.gateway.settings.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClientTableTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Rate RATE = Rate.parse("1/s");

  private static ClientEntry connected(ClientTable table, long key, long nowNs) {
    return Objects.requireNonNull(table.connect(key, nowNs), "client " + key);
  }

  @Test
  void aClientHasSoManyConnectionsAndNoMore() {
    ClientTable table = new ClientTable(2, 10);
    ClientEntry first = connected(table, 7, 0);
    connected(table, 7, 0);
    assertThat(table.connect(7, 0)).isNull();
    assertThat(table.connect(8, 0)).as("another client").isNotNull();
    table.disconnect(first, 0);
    assertThat(table.connect(7, 0)).isNotNull();
  }

  @Test
  void zeroIsNoLimit() {
    ClientTable table = new ClientTable(0, 10);
    for (int i = 0; i < 10_000; i++) {
      connected(table, 7, 0);
    }
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void aWholeClientIsForgottenWithItsLastConnection() {
    ClientTable table = new ClientTable(0, 10);
    ClientEntry first = connected(table, 7, 0);
    ClientEntry second = connected(table, 7, 0);
    assertThat(second).isSameAs(first);
    table.disconnect(first, 0);
    assertThat(table.size()).isEqualTo(1);
    table.disconnect(second, 0);
    assertThat(table.size()).isZero();
  }

  @Test
  void reconnectingGivesNoNewAllowance() {
    ClientTable table = new ClientTable(0, 10);
    ClientEntry client = connected(table, 7, 0);
    assertThat(client.take(RATE, 0)).isTrue();
    table.disconnect(client, 0);
    assertThat(connected(table, 7, 0).take(RATE, SECOND_NS / 2)).isFalse();
  }

  @Test
  void aClientInDebtIsForgottenWhenOthersComeAfterItIsWhole() {
    ClientTable table = new ClientTable(0, 10);
    ClientEntry client = connected(table, 7, 0);
    assertThat(client.take(RATE, 0)).isTrue();
    table.disconnect(client, 0);
    table.disconnect(connected(table, 8, SECOND_NS / 2), SECOND_NS / 2);
    assertThat(table.size()).as("still in debt").isEqualTo(1);
    table.disconnect(connected(table, 8, SECOND_NS), SECOND_NS);
    assertThat(table.size()).isZero();
  }

  @Test
  void whoHasBeenGoneForLongestIsForgottenWhenThereAreTooMany() {
    ClientTable table = new ClientTable(0, 100);
    for (long key = 0; key < 1_000; key++) {
      ClientEntry client = connected(table, key, 0);
      assertThat(client.take(RATE, 0)).isTrue();
      table.disconnect(client, 0);
      assertThat(table.size()).isLessThanOrEqualTo(101);
    }
    assertThat(connected(table, 999, 0).take(RATE, 0)).as("the last is remembered").isFalse();
  }

  @Test
  void whoIsConnectedIsNeverForgotten() {
    ClientTable table = new ClientTable(0, 1);
    List<ClientEntry> there = new ArrayList<>();
    for (long key = 0; key < 100; key++) {
      ClientEntry client = connected(table, key, 0);
      assertThat(client.take(RATE, 0)).isTrue();
      there.add(client);
    }
    for (long key = 0; key < 100; key++) {
      assertThat(connected(table, key, 0)).isSameAs(there.get((int) key));
    }
  }

  @Test
  void whoSpeaksThroughAProxyIsHeldWithoutAConnection() {
    ClientTable table = new ClientTable(1, 10);
    ClientEntry behind = table.hold(7, 0);
    assertThat(table.hold(7, 0)).isSameAs(behind);
    table.release(behind, 0);
    table.release(behind, 0);
    assertThat(table.size()).isZero();
  }

  @Test
  void manyThreadsLeaveNothingBehindAndNeverExceedTheLimit() throws Exception {
    ClientTable table = new ClientTable(3, 64);
    AtomicInteger[] open = new AtomicInteger[8];
    for (int i = 0; i < open.length; i++) {
      open[i] = new AtomicInteger();
    }
    AtomicInteger exceeded = new AtomicInteger();
    Thread[] threads = new Thread[4];
    for (int t = 0; t < threads.length; t++) {
      SplittableRandom random = new SplittableRandom(t);
      threads[t] = Thread.ofPlatform().start(() -> comeAndGo(table, random, open, exceeded));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(exceeded).hasValue(0);
    ClientEntry last = connected(table, 100, SECOND_NS);
    table.disconnect(last, SECOND_NS);
    assertThat(table.size()).isZero();
  }

  private static void comeAndGo(
      ClientTable table, SplittableRandom random, AtomicInteger[] open, AtomicInteger exceeded) {
    for (int i = 0; i < 20_000; i++) {
      int key = random.nextInt(open.length);
      ClientEntry client = table.connect(key, 0);
      if (client != null) {
        exceeded.addAndGet(open[key].incrementAndGet() > 3 ? 1 : 0);
        open[key].decrementAndGet();
        table.disconnect(client, 0);
      }
    }
  }
}
