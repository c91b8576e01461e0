package dev.ringmaster.fleet.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.fleet.store.DataDirectory.Unusable;
import dev.ringmaster.fleet.store.FleetFile.SeatWeight;
import dev.ringmaster.fleet.store.FleetFile.Sitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void aSecondHolderIsToldWhoHoldsIt() throws Exception {
    Path path = parent.resolve("data");
    try (DataDirectory first = DataDirectory.open(path)) {
      assertThat(first.path()).isEqualTo(path);
      assertThatThrownBy(() -> DataDirectory.open(path))
          .isInstanceOf(Unusable.class)
          .hasMessageContaining("in use by another Ringmaster")
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
    DataDirectory.open(path).close();
  }

  @Test
  void anotherVersionIsRefused() throws Exception {
    DataDirectory.open(parent).close();
    Files.writeString(parent.resolve("version"), "7\n");
    assertThatThrownBy(() -> DataDirectory.open(parent))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("has version 7, this Ringmaster reads version 1");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsRefused() throws Exception {
    Path file = Files.writeString(parent.resolve("file"), "");
    assertThatThrownBy(() -> DataDirectory.open(file.resolve("data")))
        .isInstanceOf(Unusable.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void aFileIsReplacedWhole() throws Exception {
    try (DataDirectory data = DataDirectory.open(parent)) {
      assertThat(data.read("x")).isNull();
      data.write("x", "long content".getBytes(UTF_8));
      data.write("x", "short".getBytes(UTF_8));
      assertThat(data.read("x")).asString(UTF_8).isEqualTo("short");
    }
  }

  @Test
  void theFleetsFileComesBackAsItWasWritten() throws Exception {
    FleetFile file =
        new FleetFile(
            3,
            2,
            false,
            List.of(false, true),
            List.of(new Sitter("S1", 0), new Sitter("web-a", 1), new Sitter("S900000", -1)),
            List.of(new SeatWeight(1, 0.25, 1)));
    assertThat(FleetFile.parse(file.toBytes())).isEqualTo(file);
    assertThat(FleetFile.parse(file.stopped().toBytes()).clean()).isTrue();
  }

  @Test
  void aFleetsFileThatIsNotOneIsToldWhere() {
    assertThatThrownBy(() -> parse("[]")).hasMessageContaining("expected an object at line 1");
    assertThatThrownBy(() -> parse("{}")).hasMessageContaining("expected desired");
    assertThatThrownBy(() -> parse("{\"desired\":3,\n\"x\":1}")).hasMessageContaining("line 2");
    assertThatThrownBy(() -> parse("{\"desired\":3")).isInstanceOf(IOException.class);
    assertThatThrownBy(() ->
            parse(
                "{\"desired\":1,\"configured\":1,\"ramping\":[],"
                    + "\"replicas\":[{\"name\":\"S1\",\"seat\":4}]}"))
        .hasMessageContaining("a seat that exists, not 4");
  }

  private static FleetFile parse(String json) throws IOException {
    return FleetFile.parse(json.getBytes(UTF_8));
  }
}
