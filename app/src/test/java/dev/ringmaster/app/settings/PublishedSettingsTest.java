package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.Terms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The schema and the documentation in the repository are what the catalog says. To write them
/// anew: `./check -pl app -am -Dtest=PublishedSettingsTest -Dringmaster.publish=true
/// -Dsurefire.failIfNoSpecifiedTests=false -DskipITs`.
class PublishedSettingsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String BEGIN = "<!-- settings: from the catalog -->\n";
  private static final String END = "<!-- end of settings -->";

  @Test
  void theSchemaIsThatOfTheCatalog() throws IOException {
    Path file = ROOT.resolve("ringmaster.schema.json");
    if (Boolean.getBoolean("ringmaster.publish")) {
      Files.writeString(file, Schema.text());
    }
    assertThat(Files.readString(file)).isEqualTo(Schema.text());
  }

  @Test
  void theDocumentationIsThatOfTheCatalog() throws IOException {
    Path file = ROOT.resolve("docs/settings.md");
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    String renewed = text.substring(0, begin) + SettingsTable.markdown() + text.substring(end);
    if (Boolean.getBoolean("ringmaster.publish")) {
      Files.writeString(file, renewed);
    }
    assertThat(Files.readString(file)).isEqualTo(renewed);
  }

  @Test
  void theSchemaKnowsEveryKeyAndNoOther() throws IOException {
    ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(Schema.text());
    ObjectNode properties = (ObjectNode) schema.get("properties");
    JsonNode service = properties.remove("services").get("additionalProperties");
    JsonNode route = properties.remove("routes").get("items");
    JsonNode queue = properties.remove("queues").get("additionalProperties");
    assertThat(keys(queue, ""))
        .containsExactlyInAnyOrderElementsOf(
            Terms.GROUP.settings().stream().map(Setting::key).toList());
    assertThat(keys(schema, ""))
        .containsExactlyInAnyOrderElementsOf(keysOf(EnumSet.allOf(Scope.class)));
    assertThat(keys(service, ""))
        .containsExactlyInAnyOrderElementsOf(keysOf(EnumSet.of(Scope.SERVICE, Scope.ROUTE)));
    List<String> ofRoute = new ArrayList<>(keysOf(EnumSet.of(Scope.ROUTE)));
    ofRoute.addAll(List.of("name", "host", "path", "method", "header", "service", "split"));
    assertThat(keys(route, "")).containsExactlyInAnyOrderElementsOf(ofRoute);
  }

  private static List<String> keysOf(Set<Scope> scopes) {
    return Catalog.ALL.stream()
        .filter(setting -> scopes.contains(setting.scope()))
        .map(Setting::key)
        .toList();
  }

  private static List<String> keys(JsonNode object, String prefix) {
    assertThat(object.get("additionalProperties").booleanValue()).isFalse();
    List<String> keys = new ArrayList<>();
    for (var property : object.get("properties").properties()) {
      String key = prefix + property.getKey();
      if (property.getValue().has("properties")) {
        keys.addAll(keys(property.getValue(), key + "."));
      } else {
        assertThat(property.getValue().get("description").textValue()).isNotEmpty();
        keys.add(key);
      }
    }
    return keys;
  }
}
