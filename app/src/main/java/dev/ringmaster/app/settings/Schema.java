package dev.ringmaster.app.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Kind;
import dev.ringmaster.app.settings.catalog.Setting;

/// The JSON Schema (draft 2020-12) of the settings file, for editors.
public final class Schema {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Schema() {}

  /// The schema as text, the same for the same catalog.
  public static String text() {
    ObjectNode schema = JSON.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "ringmaster.yaml");
    schema.put("description", "Settings of ringmaster up. Each has a flag of the same name.");
    ObjectNode properties = object(schema);
    for (Setting<?> setting : Catalog.ALL) {
      int dot = setting.key().indexOf('.');
      ObjectNode place = dot < 0 ? properties : group(properties, setting.key().substring(0, dot));
      place.set(setting.key().substring(dot + 1), describe(setting));
    }
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(indent))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes is always JSON", e);
    }
  }

  private static ObjectNode group(ObjectNode properties, String name) {
    return properties.has(name)
        ? (ObjectNode) properties.get(name).get("properties")
        : object(properties.putObject(name));
  }

  /// Makes a node the schema of an object without unknown keys, and gives its properties.
  private static ObjectNode object(ObjectNode node) {
    node.put("type", "object");
    node.put("additionalProperties", false);
    return node.putObject("properties");
  }

  private static ObjectNode describe(Setting<?> setting) {
    ObjectNode node = JSON.createObjectNode();
    node.put("description", setting.meaning());
    ObjectNode keywords = JSON.valueToTree(setting.kind().schema());
    node.setAll(keywords);
    String fallback = setting.fallback();
    if (fallback != null) {
      node.set("default", JSON.valueToTree(value(setting.kind(), fallback)));
    }
    return node;
  }

  private static Object value(Kind<?> kind, String fallback) {
    Object parsed = kind.parser().apply(fallback);
    return switch (kind.form()) {
      case WHOLE, NUMBER, BOOLEAN, LIST -> parsed;
      case TEXT -> fallback;
    };
  }
}
