package dev.ringmaster.app.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.app.settings.catalog.Catalog;
import dev.ringmaster.app.settings.catalog.Kind;
import dev.ringmaster.app.settings.catalog.Scope;
import dev.ringmaster.app.settings.catalog.Setting;
import java.util.EnumSet;
import java.util.Set;

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
    settings(properties, EnumSet.of(Scope.PROCESS, Scope.SERVICE, Scope.ROUTE));
    services(properties.putObject(SettingsFile.SERVICES));
    routes(properties.putObject(SettingsFile.ROUTES));
    queues(properties.putObject(SettingsFile.QUEUES));
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(indent))
              .writeValueAsString(schema)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes is always JSON", e);
    }
  }

  private static void settings(ObjectNode properties, Set<Scope> scopes) {
    for (Setting<?> setting : Catalog.IN_FILE) {
      if (scopes.contains(setting.scope())) {
        int dot = setting.key().indexOf('.');
        ObjectNode place =
            dot < 0 ? properties : group(properties, setting.key().substring(0, dot));
        place.set(setting.key().substring(dot + 1), describe(setting));
      }
    }
  }

  private static void services(ObjectNode node) {
    node.put(
        "description",
        "The services by their names; each has its own settings before those of the top level.");
    node.put("type", "object");
    node.put("minProperties", 1);
    node.put("maxProperties", SettingsFile.MAX_SERVICES);
    node.putObject("propertyNames").put("pattern", SettingsFile.SERVICE_NAME);
    ObjectNode service = node.putObject("additionalProperties");
    ObjectNode properties = object(service);
    service.putArray("type").add("object").add("null");
    settings(properties, EnumSet.of(Scope.SERVICE, Scope.ROUTE));
  }

  private static void queues(ObjectNode node) {
    node.put("description", "The queues by their names, with their terms.");
    node.put("type", "object");
    node.put("minProperties", 1);
    node.put("maxProperties", SettingsFile.MAX_QUEUES);
    node.putObject("propertyNames").put("pattern", SettingsFile.QUEUE_NAME);
    ObjectNode queue = node.putObject("additionalProperties");
    ObjectNode properties = object(queue);
    queue.putArray("type").add("object").add("null");
    settings(properties, EnumSet.of(Scope.QUEUE));
  }

  private static void routes(ObjectNode node) {
    node.put("description", "Which requests go to which service: the first that fits.");
    node.put("type", "array");
    node.put("minItems", 1);
    node.put("maxItems", SettingsFile.MAX_ROUTES);
    ObjectNode route = node.putObject("items");
    ObjectNode properties = object(route);
    text(properties, RouteReader.NAME_KEY, "Its name in metrics.", whole(RouteReader.NAME));
    text(
        properties,
        RouteReader.HOST_KEY,
        "The request's host without a port, or *. and a domain for all hosts below it.",
        "^[^/ ]+$");
    text(
        properties,
        RouteReader.PATH_KEY,
        "The request's path, or one that it is below.",
        "^/[^%\\\\;?# ]*$");
    method(properties.putObject(RouteReader.METHOD_KEY));
    headers(properties.putObject(RouteReader.HEADER_KEY));
    text(properties, RouteReader.SERVICE_KEY, "The service that gets it.", "^.+$");
    split(properties.putObject(RouteReader.SPLIT_KEY));
    settings(properties, EnumSet.of(Scope.ROUTE));
    ArrayNode ways = route.putArray("oneOf");
    ways.addObject().putArray("required").add(RouteReader.SERVICE_KEY);
    ways.addObject().putArray("required").add(RouteReader.SPLIT_KEY);
  }

  private static void text(ObjectNode properties, String key, String meaning, String pattern) {
    ObjectNode node = properties.putObject(key);
    node.put("description", meaning).put("type", "string").put("pattern", pattern);
  }

  private static void method(ObjectNode node) {
    node.put("description", "The request's method, or a list of those it may have.");
    ArrayNode forms = node.putArray("oneOf");
    forms.addObject().put("type", "string").put("pattern", whole(RouteReader.TOKEN));
    ObjectNode list = forms.addObject().put("type", "array").put("minItems", 1);
    list.put("uniqueItems", true);
    list.putObject("items").put("type", "string").put("pattern", whole(RouteReader.TOKEN));
  }

  private static void headers(ObjectNode node) {
    node.put("description", "Headers with the whole value of each; with none, it must be there.");
    node.put("type", "object").put("minProperties", 1);
    node.putObject("propertyNames").put("pattern", whole(RouteReader.TOKEN));
    ArrayNode types = node.putObject("additionalProperties").putArray("type");
    types.add("string").add("number").add("boolean").add("null");
  }

  private static void split(ObjectNode node) {
    node.put("description", "Services with their shares of the keys, in relation to each other.");
    node.put("type", "object").put("minProperties", 1);
    ObjectNode share = node.putObject("additionalProperties").put("type", "number");
    share.put("exclusiveMinimum", 0).put("maximum", RouteReader.MAX_SHARE);
  }

  private static String whole(String pattern) {
    return "^(?:" + pattern + ")$";
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
