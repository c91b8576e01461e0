package dev.ringmaster.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox<Integer> mailbox = new Mailbox<>(Thread.currentThread());

  @Test
  void lettersComeInTheOrderInWhichTheyWerePosted() {
    for (int i = 0; i < 5; i++) {
      mailbox.post(i);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(mailbox.take(0)).isEqualTo(i);
    }
    assertThat(mailbox.take(0)).isNull();
  }

  @Test
  void anOfferIsRefusedWhereThereIsNoRoomAndAPostNever() {
    assertThat(mailbox.offer(1, 2)).isTrue();
    assertThat(mailbox.offer(2, 2)).isTrue();
    assertThat(mailbox.offer(3, 2)).isFalse();
    mailbox.post(4);
    assertThat(mailbox.take(0)).isEqualTo(1);
    assertThat(mailbox.take(0)).isEqualTo(2);
    assertThat(mailbox.offer(5, 2)).isTrue();
    assertThat(mailbox.take(0)).isEqualTo(4);
    assertThat(mailbox.take(0)).isEqualTo(5);
  }

  @Test
  void noLetterOfManySendersIsLost() throws InterruptedException {
    int each = 1000;
    List<Thread> senders = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      senders.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < each; i++) {
                  mailbox.post(i);
                }
              }));
    }
    int got = 0;
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (got < senders.size() * each && System.nanoTime() < endNs) {
      got += mailbox.take(TimeUnit.MILLISECONDS.toNanos(10)) == null ? 0 : 1;
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(got).isEqualTo(senders.size() * each);
    assertThat(mailbox.take(0)).isNull();
  }
}
