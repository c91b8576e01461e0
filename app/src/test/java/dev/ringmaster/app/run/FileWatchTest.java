package dev.ringmaster.app.run;

import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {
  @TempDir Path directory;

  @Test
  void aChangeOfWhichNothingComesIsFollowedByTheNext() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "1");
    AtomicInteger told = new AtomicInteger();
    try (FileWatch _ =
        FileWatch.start(
            file,
            () -> {
              if (told.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect");
              }
            })) {
      String text = "1";
      for (int changes = 1; changes <= 2; changes++) {
        int expected = changes;
        text += "1";
        Files.writeString(file, text);
        await().atMost(Reloadable.LONG).until(() -> told.get() == expected);
      }
    }
  }
}
