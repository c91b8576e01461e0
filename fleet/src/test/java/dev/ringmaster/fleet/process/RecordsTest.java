package dev.ringmaster.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.process.Records.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
  @TempDir Path directory;

  @Test
  void whatWasWrittenIsReadByTheNextOfTheSameService() throws IOException {
    Entry entry = new Entry("S1", 20_001, new Pid(4711, "918273@boot"));
    new Records(directory, "web").write(entry);
    assertThat(new Records(directory, "web").all()).containsExactly(entry);
    assertThat(new Records(directory, "other").all()).isEmpty();
  }

  @Test
  void onlyTheRecordOfTheSameProcessIsRemoved() throws IOException {
    Records records = new Records(directory, "web");
    Entry first = new Entry("S1", 20_001, new Pid(1, "a"));
    Entry second = new Entry("S1", 20_002, new Pid(2, "b"));
    records.write(first);
    records.write(second);
    records.remove(first);
    assertThat(records.all()).containsExactly(second);
    records.remove(second);
    assertThat(records.all()).isEmpty();
    records.remove(second);
  }

  @Test
  void whatCannotBeReadIsLeftOut() throws IOException {
    Records records = new Records(directory, "web");
    Files.writeString(directory.resolve("a.process"), "");
    Files.writeString(directory.resolve("b.process"), "web port 1:x\n");
    Files.writeString(directory.resolve("c.process"), "web 1 nothandle\n");
    Files.writeString(directory.resolve("d.process"), "web 1 1:x more\n");
    Files.createDirectory(directory.resolve("e.process"));
    assertThat(records.all()).isEmpty();
  }
}
