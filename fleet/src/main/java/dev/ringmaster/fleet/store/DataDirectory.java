package dev.ringmaster.fleet.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Ringmaster's data directory, held by one instance at a time.
///
/// ```
/// DIR/lock                 locked while held; holds the process id of the holder
/// DIR/version              the layout's version: one decimal number and a line feed
/// DIR/fleet-<service>.json see FleetFile; of given targets, targets-<service>.json
/// DIR/replicas/            of the process runtime: output and records of its replicas
/// ```
public final class DataDirectory implements AutoCloseable {
  /// The layout that this program reads and writes.
  public static final int VERSION = 1;

  /// No file here that is read whole is larger; a larger one was not written by Ringmaster.
  private static final int MAX_FILE_BYTES = 64 << 20;

  private final Path path;
  private final FileChannel lockFile;
  private final FileLock lock;

  private DataDirectory(Path path, FileChannel lockFile, FileLock lock) {
    this.path = path;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// Creates the directory if need be and takes it for this process.
  ///
  /// @throws Unusable if it cannot be written, another instance holds it or another version wrote
  ///   it
  public static DataDirectory open(Path path) throws Unusable {
    FileChannel lockFile;
    try {
      Files.createDirectories(path);
      lockFile = FileChannel.open(path.resolve("lock"), CREATE, READ, WRITE);
    } catch (IOException e) {
      throw new Unusable("the data directory " + path + " cannot be written: " + reason(e), e);
    }
    try {
      FileLock lock = lock(path, lockFile);
      DataDirectory directory = new DataDirectory(path, lockFile, lock);
      directory.checkVersion();
      return directory;
    } catch (Unusable e) {
      closeQuietly(lockFile);
      throw e;
    }
  }

  /// Where it is.
  public Path path() {
    return path;
  }

  /// The content of a file in it, or null if there is none.
  public byte @Nullable [] read(String name) throws IOException {
    Path file = path.resolve(name);
    try {
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        throw new IOException(file + " is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /// Replaces a file whole: after a crash at any moment the old or the new content stands. Returns
  /// when the new content is on the disk.
  public void write(String name, byte[] content) throws IOException {
    Path temporary = path.resolve(name + ".new");
    try (FileChannel channel = FileChannel.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    move(temporary, path.resolve(name));
    try (FileChannel directory = FileChannel.open(path, READ)) {
      directory.force(true);
    }
  }

  /// Lets go of the directory; the files stay.
  @Override
  public void close() {
    try {
      lock.release();
    } catch (IOException e) {
      // Closing the channel below releases the lock as well.
    }
    closeQuietly(lockFile);
  }

  private static FileLock lock(Path path, FileChannel lockFile) throws Unusable {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
      if (lock != null) {
        lockFile.truncate(0);
        lockFile.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: told below like any other holder.
    } catch (IOException e) {
      throw new Unusable("the data directory " + path + " cannot be locked: " + reason(e), e);
    }
    throw new Unusable(
        "the data directory "
            + path
            + " is in use by another Ringmaster (process "
            + holder(lockFile)
            + "); stop it or choose another --data");
  }

  private static String holder(FileChannel lockFile) {
    ByteBuffer text = ByteBuffer.allocate(20);
    try {
      lockFile.read(text, 0);
    } catch (IOException e) {
      return "unknown";
    }
    return UTF_8.decode(text.flip()).toString().strip();
  }

  private void checkVersion() throws Unusable {
    String found;
    try {
      byte[] content = read("version");
      if (content == null) {
        write("version", (VERSION + "\n").getBytes(UTF_8));
        return;
      }
      found = new String(content, UTF_8).strip();
    } catch (IOException e) {
      throw new Unusable("the data directory " + path + " cannot be used: " + reason(e), e);
    }
    if (!found.equals(String.valueOf(VERSION))) {
      throw new Unusable(
          "the data directory "
              + path
              + " has version "
              + found
              + ", this Ringmaster reads version "
              + VERSION
              + "; choose another --data");
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new IOException("the file system of " + to + " cannot replace a file at once", e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it that matters; the lock goes with the descriptor.
    }
  }

  /// The kind is in the class's name, the message is often only the path.
  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replace("Exception", "") + " (" + e.getMessage() + ")";
  }

  /// The data directory cannot be used; the message says why and what to do.
  public static final class Unusable extends Exception {
    public Unusable(String message) {
      super(message);
    }

    public Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
