package dev.ringmaster.fleet.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a fleet must remember, as it lies in `fleet-<service>.json`:
///
/// ```json
/// {
///   "desired" : 3,            N as last commanded
///   "configured" : 3,         the setting `replicas` at that time
///   "clean" : false,          whether Ringmaster stopped the replicas itself
///   "ramping" : [false, …],   one a seat: whether it has never been full
///   "replicas" : [            in the order in which they were added; a seat that none names is a hole
///     { "name" : "S1", "seat" : 0 }, …   seat -1: a spare
///   ],
///   "weights" : [             seats whose weight was commanded
///     { "seat" : 0, "weight" : 0.5, "given" : 1.0 }, …   given: what the settings said then
///   ]
/// }
/// ```
///
/// @param desired N as last commanded
/// @param configured the setting `replicas` at that time
/// @param clean whether Ringmaster stopped the replicas itself
/// @param ramping for each seat, whether it has never been full
/// @param replicas who sits where
/// @param weights the seats whose weight was commanded
public record FleetFile(
    int desired,
    int configured,
    boolean clean,
    List<Boolean> ramping,
    List<Sitter> replicas,
    List<SeatWeight> weights) {
  private static final JsonFactory JSON = new JsonFactory();

  /// One replica and its seat; -1 for a spare.
  public record Sitter(String name, int seat) {}

  /// A commanded weight, 0 to 1. It holds as long as the settings give the seat the same weight as
  /// they did then: a change of the settings is the last command.
  public record SeatWeight(int seat, double weight, double given) {}

  public FleetFile {
    ramping = List.copyOf(ramping);
    replicas = List.copyOf(replicas);
    weights = List.copyOf(weights);
  }

  /// The file's name in the data directory.
  public static String nameFor(String service) {
    return "fleet-" + service + ".json";
  }

  /// The file's name for a fleet of given targets: their seats are not those of started replicas.
  public static String nameForTargets(String service) {
    return "targets-" + service + ".json";
  }

  /// The same, stopped cleanly.
  public FleetFile stopped() {
    return new FleetFile(desired, configured, true, ramping, replicas, weights);
  }

  /// The same with another commanded weight for one seat.
  public FleetFile weighted(SeatWeight weight) {
    List<SeatWeight> others = new ArrayList<>(weights);
    others.removeIf(other -> other.seat() == weight.seat());
    if (weight.weight() != weight.given()) {
      others.add(weight);
      others.sort(Comparator.comparingInt(SeatWeight::seat));
    }
    return new FleetFile(desired, configured, clean, ramping, replicas, others);
  }

  /// The file's bytes.
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeNumberField("desired", desired);
      json.writeNumberField("configured", configured);
      json.writeBooleanField("clean", clean);
      json.writeArrayFieldStart("ramping");
      for (boolean ramp : ramping) {
        json.writeBoolean(ramp);
      }
      json.writeEndArray();
      json.writeArrayFieldStart("replicas");
      for (Sitter sitter : replicas) {
        json.writeStartObject();
        json.writeStringField("name", sitter.name());
        json.writeNumberField("seat", sitter.seat());
        json.writeEndObject();
      }
      json.writeEndArray();
      writeWeights(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be written", e);
    }
    return bytes.toByteArray();
  }

  private void writeWeights(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("weights");
    for (SeatWeight weight : weights) {
      json.writeStartObject();
      json.writeNumberField("seat", weight.seat());
      json.writeNumberField("weight", weight.weight());
      json.writeNumberField("given", weight.given());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /// Reads the file's bytes.
  ///
  /// @throws IOException saying where they are not what Ringmaster writes
  public static FleetFile parse(byte[] bytes) throws IOException {
    int desired = -1;
    int configured = -1;
    boolean clean = false;
    List<Boolean> ramping = new ArrayList<>();
    List<Sitter> replicas = new ArrayList<>();
    List<SeatWeight> weights = new ArrayList<>();
    try (JsonParser json = JSON.createParser(bytes)) {
      require(json, json.nextToken() == JsonToken.START_OBJECT, "an object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "desired" -> desired = json.getIntValue();
          case "configured" -> configured = json.getIntValue();
          case "clean" -> clean = json.getBooleanValue();
          case "ramping" -> readRamping(json, ramping);
          case "replicas" -> readReplicas(json, replicas);
          case "weights" -> readWeights(json, weights);
          default -> require(json, false, "a field of a fleet's file, not " + field);
        }
      }
      require(json, desired >= 0 && configured >= 0, "desired and configured, 0 or more");
      for (Sitter sitter : replicas) {
        boolean known = sitter.seat() >= -1 && sitter.seat() < ramping.size();
        require(json, known, "a seat that exists, not " + sitter.seat());
      }
      for (SeatWeight weight : weights) {
        boolean known = weight.seat() >= 0 && weight.seat() < ramping.size();
        require(json, known, "a seat that exists, not " + weight.seat());
        require(json, weight.weight() >= 0 && weight.weight() <= 1, "a weight from 0 to 1");
      }
    }
    return new FleetFile(desired, configured, clean, ramping, replicas, weights);
  }

  private static void readRamping(JsonParser json, List<Boolean> into) throws IOException {
    require(json, json.currentToken() == JsonToken.START_ARRAY, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      into.add(json.getBooleanValue());
    }
  }

  private static void readReplicas(JsonParser json, List<Sitter> into) throws IOException {
    require(json, json.currentToken() == JsonToken.START_ARRAY, "a list");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name = "";
      int seat = -1;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        if (field.equals("name")) {
          name = json.getText();
        } else if (field.equals("seat")) {
          seat = json.getIntValue();
        }
      }
      into.add(new Sitter(name, seat));
    }
  }

  private static void readWeights(JsonParser json, List<SeatWeight> into) throws IOException {
    require(json, json.currentToken() == JsonToken.START_ARRAY, "a list");
    while (json.nextToken() == JsonToken.START_OBJECT) {
      int seat = -1;
      double weight = -1;
      double given = 1;
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "seat" -> seat = json.getIntValue();
          case "weight" -> weight = json.getDoubleValue();
          case "given" -> given = json.getDoubleValue();
          default -> require(json, false, "a field of a weight, not " + field);
        }
      }
      into.add(new SeatWeight(seat, weight, given));
    }
  }

  private static void require(JsonParser json, boolean holds, String expected) throws IOException {
    if (!holds) {
      throw new IOException(
          "expected "
              + expected
              + " at line "
              + json.currentTokenLocation().getLineNr()
              + ", column "
              + json.currentTokenLocation().getColumnNr());
    }
  }
}
