package dev.ringmaster.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a second whether a file has changed. A change is told when the file has stayed the
/// same for one look more, so that a file that is still being written is not read. Polling also
/// sees what notifications miss: files that are replaced, on network mounts, in mounted config
/// maps.
final class FileWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FileWatch.class);

  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Path file;
  private final Runnable changed;
  private final Thread thread;

  /// What tells one content from another without reading it; a file that is not there is nothing.
  private record Mark(long modifiedNs, long size, @Nullable Object file) {}

  private FileWatch(Path file, Runnable changed) {
    this.file = file;
    this.changed = changed;
    @Nullable Mark first = mark(file);
    this.thread = Thread.ofVirtual().name("settings-watch").unstarted(() -> watch(first));
  }

  /// Watches from now on.
  ///
  /// @param changed what to do; runs on the watching thread
  static FileWatch start(Path file, Runnable changed) {
    FileWatch watch = new FileWatch(file, changed);
    watch.thread.start();
    return watch;
  }

  private void watch(@Nullable Mark first) {
    @Nullable Mark told = first;
    @Nullable Mark last = first;
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(PERIOD.toNanos());
        @Nullable Mark now = mark(file);
        if (now != null && now.equals(last) && !now.equals(told)) {
          told = now;
          tell();
        }
        last = now;
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  /// Whatever comes of this change, the next one is to be told too.
  private void tell() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      log.error("Nothing came of the change of {}", file, e);
    }
  }

  private static @Nullable Mark mark(Path file) {
    try {
      BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
      return new Mark(
          seen.lastModifiedTime().to(TimeUnit.NANOSECONDS), seen.size(), seen.fileKey());
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
