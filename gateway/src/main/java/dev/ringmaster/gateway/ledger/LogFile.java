package dev.ringmaster.gateway.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file that is moved aside when it is full: `PATH` to `PATH.1`, `PATH.1` to `PATH.2`, the oldest
/// away. One that was moved or deleted by others is made anew. One thread.
final class LogFile implements AutoCloseable {
  private final Path path;
  private final long maxBytes;
  private final int kept;
  private @Nullable FileChannel channel;
  private long size;

  LogFile(Path path, long maxBytes, int kept) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.kept = kept;
  }

  void write(ByteBuffer bytes) throws IOException {
    FileChannel open = opened();
    if (size > 0 && size + bytes.remaining() > maxBytes) {
      moveAside();
      open = opened();
    }
    while (bytes.hasRemaining()) {
      size += open.write(bytes);
    }
  }

  private FileChannel opened() throws IOException {
    FileChannel open = channel;
    if (open != null && Files.exists(path)) {
      return open;
    }
    close();
    open = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    size = open.size();
    channel = open;
    return open;
  }

  private void moveAside() throws IOException {
    close();
    for (int i = kept; i > 0; i--) {
      Path from = i == 1 ? path : aside(i - 1);
      if (Files.exists(from)) {
        Files.move(from, aside(i), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    if (kept == 0) {
      Files.deleteIfExists(path);
    }
  }

  private Path aside(int i) {
    return path.resolveSibling(path.getFileName() + "." + i);
  }

  /// Lets go of the file, so that the next write opens it anew.
  @Override
  public void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }
}
