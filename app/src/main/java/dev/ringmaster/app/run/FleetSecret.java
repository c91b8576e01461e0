package dev.ringmaster.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;

/// The secret of the key hash: 16 random bytes in `DIR/secret`, for the owner's eyes only. It stays
/// with the data directory, so that keys keep their seats over a restart.
final class FleetSecret {
  static final int BYTES = 16;

  private FleetSecret() {}

  /// The secret of a data directory, made now if there is none.
  static byte[] of(Path data, RandomGenerator random) throws CannotStart {
    Path file = data.resolve("secret");
    try {
      byte[] secret = read(file, random);
      if (secret.length == BYTES) {
        return secret;
      }
    } catch (IOException e) {
      throw new CannotStart("the secret " + file + " cannot be read or written: " + e, e);
    }
    throw new CannotStart(
        "the secret "
            + file
            + " is not "
            + BYTES
            + " bytes long; remove it to have a new one made");
  }

  private static byte[] read(Path file, RandomGenerator random) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      byte[] secret = new byte[BYTES];
      random.nextBytes(secret);
      Path fresh = file.resolveSibling("secret.new");
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, secret);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return secret;
    }
  }
}
