package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schema says of a file what Ringmaster says of it, as far as a schema can.
class SchemaTest {
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Schema.text());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port: 0",
        "health: { interval: 250ms }",
        "targets: [a:1, b:2]",
        "bound: 'off'",
        "bound: 1.5",
        "services: { a: }",
        "queues: { mail: , events: { shards: 16, limits: { messages: 5, message-bytes: 64k } } }",
        "queues: { mail: { service: web, path: '/send?x=1', limits: { bytes: 5000000 } } }",
        "services: { a: { command: './x {port}', replicas: 4, key: 'header:X-User' } }",
        "services: { a: { targets: [x:1], timeouts: { first-byte: 2s } } }",
        "routes: [ { service: web } ]",
        "routes: [ { path: /users, method: [GET, POST], header: { X-Beta: '1' }, service: web } ]",
        "routes: [ { name: all, host: '*.example.com', method: GET, split: { web: 90.5 } } ]",
        "routes: [ { header: { X-Beta: }, service: web, timeouts: { first-byte: 1s } } ]",
      })
  void bothTakeARightFile(String yaml) throws IOException {
    assertThat(schemaProblems(yaml)).isEmpty();
    assertThat(problems(yaml)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prot: 0",
        "port: 70000",
        "health: { interval: 2 }",
        "health: { intervall: 2s }",
        "services: {}",
        "services: [a]",
        "services: { -a: }",
        "services: { a: { port: 1 } }",
        "services: { a: { timeouts: { head: 1s } } }",
        "services: { a: { replicas: x } }",
        "routes: []",
        "routes: [ {} ]",
        "routes: [ { path: users, service: web } ]",
        "routes: [ { path: '/a?b', service: web } ]",
        "routes: [ { host: a/b, service: web } ]",
        "routes: [ { service: web, split: { web: 1 } } ]",
        "routes: [ { split: { web: 0 } } ]",
        "routes: [ { split: {} } ]",
        "routes: [ { method: [], service: web } ]",
        "routes: [ { method: [GET, GET], service: web } ]",
        "routes: [ { header: { 'a b': x }, service: web } ]",
        "routes: [ { key: uri, service: web } ]",
        "routes: [ { service: web, timeouts: { first-byte: 1 } } ]",
        "routes: [ { name: 'a b', service: web } ]",
      })
  void bothRefuseAWrongFile(String yaml) throws IOException {
    assertThat(schemaProblems(yaml)).isNotEmpty();
    assertThat(problems(yaml)).isNotEmpty();
  }

  private static List<String> schemaProblems(String yaml) {
    return SCHEMA.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
  }

  private List<String> problems(String yaml) throws IOException {
    Files.writeString(directory.resolve("ringmaster.yaml"), yaml);
    try {
      SettingsReader.read(directory, null, List.of());
      return List.of();
    } catch (Rejected e) {
      return e.problems();
    }
  }
}
