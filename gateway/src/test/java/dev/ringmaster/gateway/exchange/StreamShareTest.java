package dev.ringmaster.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamShareTest {
  @ParameterizedTest
  @CsvSource({"1, 131072", "8, 131072", "16, 65536", "100, 10485", "128, 8192", "5000, 8192"})
  void theMoreStreamsAreOpenTheLessMayWaitOnTheNext(int open, int high) {
    assertThat(StreamShare.marks(open).high()).isEqualTo(high);
    assertThat(StreamShare.marks(open).low()).isEqualTo(high / 2);
  }

  /// Below, between and above the marks, on the way up.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3_000, 6_000, 9_000, 12_000, 500_000})
  void whatWaitsIsTold(int bytes) {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, StreamShare.marks(100));
    if (bytes > 0) {
      var _ = channel.write(Unpooled.wrappedBuffer(new byte[bytes]));
    }
    long waiting = channel.unsafe().outboundBuffer().totalPendingWriteBytes();
    assertThat(waiting).isGreaterThanOrEqualTo(bytes);
    assertThat(StreamShare.pendingBytes(channel)).isEqualTo(waiting);
    channel.finishAndReleaseAll();
  }
}
