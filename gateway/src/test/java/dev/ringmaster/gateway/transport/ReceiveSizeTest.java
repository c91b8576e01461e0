package dev.ringmaster.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Test;

class ReceiveSizeTest {
  private static final int REST = 32 * 1024;

  private final ReceiveSize size = new ReceiveSize(REST);
  private final RecvByteBufAllocator.ExtendedHandle handle = size.newHandle();

  @Test
  void itBeginsSmall() {
    assertThat(handle.guess()).isEqualTo(ReceiveSize.SMALL);
  }

  @Test
  void readsThatFillTheirRoomMakeItGrowToItsBound() {
    fill();
    assertThat(handle.guess()).isEqualTo(16 * 1024);
    fill();
    assertThat(handle.guess()).isEqualTo(128 * 1024);
    fill();
    fill();
    assertThat(handle.guess()).isEqualTo(ReceiveSize.LARGE);
  }

  @Test
  void readsThatFillLittleMakeItShrinkToWhereItBegan() {
    fill();
    fill();
    read(100);
    assertThat(handle.guess()).isEqualTo(64 * 1024);
    for (int i = 0; i < 10; i++) {
      read(100);
    }
    assertThat(handle.guess()).isEqualTo(ReceiveSize.SMALL);
  }

  @Test
  void readsThatFillAQuarterOrMoreLeaveItAsItIs() {
    fill();
    read(4 * 1024);
    read(16 * 1024 - 1);
    assertThat(handle.guess()).isEqualTo(16 * 1024);
  }

  @Test
  void aConnectionThatRestsKeepsNoMoreThanItsRest() {
    fill();
    fill();
    size.rest();
    assertThat(handle.guess()).isEqualTo(REST);
  }

  @Test
  void aConnectionThatRestsDoesNotGrow() {
    size.rest();
    assertThat(handle.guess()).isEqualTo(ReceiveSize.SMALL);
  }

  @Test
  void theEndOfTheBytesTeachesNothing() {
    fill();
    handle.attemptedBytesRead(handle.guess());
    handle.lastBytesRead(-1);
    assertThat(handle.guess()).isEqualTo(16 * 1024);
  }

  private void fill() {
    read(handle.guess());
  }

  private void read(int bytes) {
    handle.attemptedBytesRead(handle.guess());
    handle.lastBytesRead(bytes);
  }
}
