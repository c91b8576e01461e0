package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.app.settings.SettingsReader;
import dev.ringmaster.console.reload.ReloadCounts;
import dev.ringmaster.console.reload.ReloadResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that are wrong as a whole are refused by a reload: told, counted, and nothing was done.
class RefusedReloadTest {
  @TempDir Path directory;

  private static String services(String more, GivenServer server) {
    return "services: { a: { targets: ['%s'] }, b: { targets: ['%s'], drain-timeout: 1s %s} }"
        .formatted(server.target(), server.target(), more);
  }

  private static final String ROUTES = "routes: [ { path: /a, service: a }, { service: b } ]";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "key: sticky:rm | routes: [ { split: { a: 1, b: 1 } } ] | route 1: split: needs a key",
        "key: body:/id | routes: [ { split: { a: 1, b: 1 } } ] | named first, is body:/id",
        "bound: 2 | routes: [ { split: { a: 1, a: 1 } } ] | 'a' is given twice",
        "bound: 2 | routes: [ { split: { a: 0, b: 0 } } ] | a share above 0",
        "bound: 2 | routes: [ { service: c } ] | unknown service 'c'",
        "bound: 2 | routes: [ { service: a, path: '/a/../b' } ] | cannot be in it",
        "bound: 2 | routes: [ { service: a, host: 'a:80' } ] | without a port",
        "bound: 2 | bound-too: 2 | unknown key 'bound-too'"
      })
  void whatIsWrongIsToldAndCounted(String setting, String routes, String told) throws Exception {
    try (GivenServer server = new GivenServer("one");
        Reloadable running = Reloadable.start(directory, services("", server), ROUTES)) {
      ReloadCounts before = running.reloads().counts();
      var result = running.reload(setting, services("", server), routes);
      assertThat(result.toString()).contains("Refused", told);
      assertThat(running.reloads().counts().refused()).isEqualTo(before.refused() + 1);
      assertThat(running.get("/a/1")).isEqualTo("one /a/1");
      running.reloaded(services("", server), ROUTES);
    }
  }

  @Test
  void severalServicesWithoutRoutesAreRefused() throws Exception {
    try (GivenServer server = new GivenServer("one");
        Reloadable running = Reloadable.start(directory, services("", server), ROUTES)) {
      assertThat(running.refused(services("", server))).contains("several services need routes");
    }
  }

  @Test
  void moreRoutesThanAreTakenAreRefused() throws Exception {
    String routes =
        IntStream.rangeClosed(0, 1_000)
            .mapToObj(i -> "  - { path: /%d, service: a }\n".formatted(i))
            .collect(Collectors.joining("", "routes:\n", ""));
    try (GivenServer server = new GivenServer("one");
        Reloadable running = Reloadable.start(directory, services("", server), ROUTES)) {
      assertThat(running.refused(services("", server), routes))
          .contains("routes: expected at most 1000");
    }
  }

  @Test
  void theReplicasOfARefusedFileAreNotStartedAndNotRemoved() throws Exception {
    try (GivenServer server = new GivenServer("one");
        GivenServer other = new GivenServer("other");
        Reloadable running = Reloadable.start(directory, services("", server), ROUTES)) {
      String wrong =
          running.refused(
              "key: sticky:rm",
              "services: { a: { targets: ['%s'] }, c: { targets: ['%s'] } }"
                  .formatted(server.target(), other.target()),
              "routes: [ { split: { a: 1, c: 1 } } ]");
      assertThat(wrong).contains("ringmaster.yaml:8: route 1: split: needs a key");
      assertThat(other.connections()).isZero();
      assertThat(running.get("/b")).isEqualTo("one /b");
    }
  }

  @Test
  void aDefectRefusesOneReload() throws Exception {
    Path file = directory.resolve("ringmaster.yaml");
    AtomicInteger readings = new AtomicInteger();
    try (GivenServer server = new GivenServer("one")) {
      Files.writeString(
          file,
          "address: 127.0.0.1\nport: 0\nadmin-port: 0\ndata: '%s'\ntargets: ['%s']\n"
              .formatted(directory.resolve("data"), server.target()));
      SettingsReading reading =
          () -> {
            if (readings.incrementAndGet() == 2) {
              throw new IllegalStateException("unheard of");
            }
            return SettingsReader.read(directory, file, List.of());
          };
      try (Ringmaster ringmaster = Ringmaster.start(reading.read(), reading)) {
        ReloadResult result = ringmaster.reload().reload("a test");
        assertThat(result.toString()).contains("Refused", "a defect", "unheard of");
        assertThat(ringmaster.reload().counts().refused()).isEqualTo(1);
        assertThat(ringmaster.reload().reload("a test")).isInstanceOf(ReloadResult.Done.class);
      }
    }
  }
}
