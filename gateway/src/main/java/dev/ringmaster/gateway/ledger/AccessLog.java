package dev.ringmaster.gateway.ledger;

import dev.ringmaster.gateway.settings.AccessLogTarget;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a line for each exchange, by one thread beside the event loops. The loops never wait for
/// it: what it cannot take in time is dropped and counted. A disk that is full or gone costs lines
/// and nothing else; it is said once, and once when it works again.
public final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

  /// How long the writer sleeps when there is nothing to write.
  private static final Duration REST = Duration.ofMillis(50);

  /// Lines written at once.
  private static final int BATCH = 256;

  /// How long a disk that failed is left alone.
  private static final Duration LEFT_ALONE = Duration.ofSeconds(1);

  private enum Stage {
    OPEN,
    CLOSING
  }

  private enum Disk {
    WORKS,
    FAILED
  }

  private final List<LineBuffer> buffers;
  private final @Nullable LogFile file;
  private final PrintStream out;
  private final Thread writer;
  private volatile Stage stage = Stage.OPEN;
  private Disk disk = Disk.WORKS;
  private long failedNs;
  private final AtomicLong lost = new AtomicLong();
  private long toldDropped;

  private AccessLog(List<LineBuffer> buffers, @Nullable LogFile file, PrintStream out) {
    this.buffers = List.copyOf(buffers);
    this.file = file;
    this.out = out;
    this.writer = Thread.ofPlatform().name("access-log").daemon().unstarted(this::run);
  }

  /// Starts the writer of what the loops put into the buffers.
  ///
  /// @param out where [AccessLogTarget.StandardOutput] writes to
  public static AccessLog start(AccessLogTarget target, List<LineBuffer> buffers, PrintStream out) {
    LogFile file =
        target instanceof AccessLogTarget.File to
            ? new LogFile(to.path(), to.maxBytes(), to.kept())
            : null;
    AccessLog log = new AccessLog(buffers, file, out);
    log.writer.start();
    return log;
  }

  /// Lines that were dropped because the writer was behind, and lines that the disk did not take.
  public long lost() {
    return dropped() + lost.get();
  }

  private long dropped() {
    long sum = 0;
    for (LineBuffer buffer : buffers) {
      sum += buffer.dropped();
    }
    return sum;
  }

  private void run() {
    boolean last = false;
    while (!last) {
      last = stage == Stage.CLOSING;
      while (writeBatch() > 0) {
        tellDropped();
      }
      if (!last) {
        LockSupport.parkNanos(REST.toNanos());
      }
    }
  }

  private int writeBatch() {
    StringBuilder text = new StringBuilder();
    int lines = 0;
    for (LineBuffer buffer : buffers) {
      Line line;
      for (int i = 0; i < BATCH && (line = buffer.poll()) != null; i++) {
        LineText.write(line, text);
        lines++;
      }
    }
    if (lines > 0) {
      write(text.toString().getBytes(StandardCharsets.US_ASCII), lines);
    }
    return lines;
  }

  private void write(byte[] bytes, int lines) {
    if (file == null) {
      out.writeBytes(bytes);
      out.flush();
      return;
    }
    if (disk == Disk.FAILED && System.nanoTime() - failedNs < LEFT_ALONE.toNanos()) {
      lost.addAndGet(lines);
      return;
    }
    try {
      file.write(ByteBuffer.wrap(bytes));
      if (disk == Disk.FAILED) {
        disk = Disk.WORKS;
        LOG.warn("the access log is written again; {} lines were lost", lost.get());
      }
    } catch (IOException e) {
      lost.addAndGet(lines);
      failedNs = System.nanoTime();
      if (disk == Disk.WORKS) {
        disk = Disk.FAILED;
        LOG.warn("the access log cannot be written, its lines are lost: {}", e.toString());
      }
    }
  }

  private void tellDropped() {
    long dropped = dropped();
    if (toldDropped == 0 && dropped > 0) {
      LOG.warn("the access log is behind; lines are being dropped");
    }
    toldDropped = dropped;
  }

  /// Writes what is there and ends. Blocks.
  @Override
  public void close() {
    stage = Stage.CLOSING;
    LockSupport.unpark(writer);
    try {
      writer.join();
      if (file != null) {
        file.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.warn("the access log could not be closed: {}", e.toString());
    }
  }
}
