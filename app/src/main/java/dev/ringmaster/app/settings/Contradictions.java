package dev.ringmaster.app.settings;

import static dev.ringmaster.app.settings.catalog.Affinity.CLASSIC_SLOTS;
import static dev.ringmaster.app.settings.catalog.Affinity.CLASSIC_VIRTUAL_SERVERS;
import static dev.ringmaster.app.settings.catalog.Affinity.HASH;
import static dev.ringmaster.app.settings.catalog.Affinity.HASH_JAR;
import static dev.ringmaster.app.settings.catalog.Listening.ADDRESS_OF_TRAFFIC;
import static dev.ringmaster.app.settings.catalog.Listening.ADMIN_ADDRESS;
import static dev.ringmaster.app.settings.catalog.Listening.ADMIN_PORT;
import static dev.ringmaster.app.settings.catalog.Listening.PORT;
import static dev.ringmaster.app.settings.catalog.Replicas.IMAGE;
import static dev.ringmaster.app.settings.catalog.Replicas.MAX_REPLICAS;
import static dev.ringmaster.app.settings.catalog.Replicas.REPLICAS;
import static dev.ringmaster.app.settings.catalog.Replicas.RUNTIME;
import static dev.ringmaster.app.settings.catalog.Replicas.SPARES;
import static dev.ringmaster.app.settings.catalog.Replicas.TARGETS;
import static dev.ringmaster.app.settings.catalog.Trust.PROXY_PROTOCOL;
import static dev.ringmaster.app.settings.catalog.Trust.TRUSTED_PROXIES;

import dev.ringmaster.app.settings.catalog.Queueing;
import dev.ringmaster.app.settings.catalog.Setting;
import dev.ringmaster.app.settings.catalog.Tls;
import dev.ringmaster.app.settings.catalog.ToReplicas;
import dev.ringmaster.app.settings.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/// Settings that are right alone and wrong together.
final class Contradictions {
  private final Values values;
  private final List<Problem> found = new ArrayList<>();

  private Contradictions(Values values) {
    this.values = values;
  }

  /// Those of a program with one service.
  static List<Problem> in(Values values) {
    List<Problem> all = new ArrayList<>(ofProcess(values));
    all.addAll(ofService(values));
    return all;
  }

  /// Those among the settings of the whole program.
  static List<Problem> ofProcess(Values values) {
    Contradictions contradictions = new Contradictions(values);
    contradictions.ports();
    contradictions.tls();
    contradictions.queue();
    return contradictions.found;
  }

  /// Those among the settings of one service.
  static List<Problem> ofService(Values values) {
    Contradictions contradictions = new Contradictions(values);
    contradictions.runtime();
    contradictions.toReplicas();
    contradictions.counts();
    contradictions.hash();
    contradictions.classic();
    contradictions.trust();
    return contradictions.found;
  }

  private void ports() {
    int port = values.get(PORT);
    boolean same = port != 0 && port == values.get(ADMIN_PORT);
    if (same && overlap(values.get(ADDRESS_OF_TRAFFIC), values.get(ADMIN_ADDRESS))) {
      found.add(
          new Problem(
              Problem.NO_LINE,
              "port and admin-port are both " + port + ": give the console a port of its own"));
    }
  }

  private void tls() {
    boolean on = values.gave(Tls.PORT);
    List<Setting<?>> needed = List.of(Tls.CERTIFICATE, Tls.KEY);
    for (Setting<?> setting : needed) {
      if (on && !values.gave(setting)) {
        found(Tls.PORT, "needs " + setting.key() + " too");
      }
    }
    List<Setting<?>> all =
        List.of(
            Tls.CERTIFICATE, Tls.KEY, Tls.CLIENT_CA, Tls.CLIENT_AUTH, Tls.VERSIONS, Tls.REDIRECT);
    for (Setting<?> setting : all) {
      if (!on && values.gave(setting)) {
        found(setting, "needs tls.port");
      }
    }
    boolean asked = !values.get(Tls.CLIENT_AUTH).equals("off");
    if (asked != values.gave(Tls.CLIENT_CA)) {
      if (asked) {
        found(Tls.CLIENT_AUTH, "needs tls.client-ca: whose certificates are believed");
      } else {
        found(Tls.CLIENT_CA, "needs tls.client-auth: optional or required");
      }
    }
    if (on && values.find(Tls.PORT).map(port -> taken(port)).orElse(false)) {
      found(Tls.PORT, "must not be port or admin-port");
    }
  }

  private void queue() {
    boolean on = values.get(Queueing.QUEUE);
    List<Setting<?>> parts =
        List.of(
            Queueing.STORE,
            Queueing.CONSUMERS,
            Queueing.CALLBACKS,
            Queueing.CALLBACK_PRIVATE,
            Queueing.CLASSIC);
    for (Setting<?> setting : parts) {
      if (!on && values.gave(setting)) {
        found(setting, "has no place with queue: false; drop one");
      }
    }
    boolean postgres = values.get(Queueing.STORE).equals("postgres");
    if (on && postgres && !values.gave(Queueing.URL)) {
      found(Queueing.STORE, "postgres needs queue-url: where it is");
    }
    List<Setting<?>> ofPostgres = List.of(Queueing.URL, Queueing.USER, Queueing.PASSWORD_FILE);
    for (Setting<?> setting : ofPostgres) {
      if (!postgres && values.gave(setting)) {
        found(setting, "needs queue-store: postgres");
      }
    }
    if (values.gave(Queueing.CALLBACK_PRIVATE) && !values.gave(Queueing.CALLBACKS)) {
      found(Queueing.CALLBACK_PRIVATE, "needs queue-callbacks: which hosts may be called");
    }
  }

  private void toReplicas() {
    boolean verified = values.get(ToReplicas.TRUST).equals("verified");
    List<Setting<?>> needing = List.of(ToReplicas.CA, ToReplicas.SERVER_NAME);
    for (Setting<?> setting : needing) {
      if (!verified && values.gave(setting)) {
        found(setting, "needs replica-tls.trust: verified");
      }
    }
  }

  private boolean taken(int port) {
    return port != 0 && (port == values.get(PORT) || port == values.get(ADMIN_PORT));
  }

  private static boolean overlap(String one, String other) {
    List<String> any = List.of("0.0.0.0", "::");
    return one.equals(other) || any.contains(one) || any.contains(other);
  }

  private void trust() {
    if (values.get(PROXY_PROTOCOL).equals("required") && !values.gave(TRUSTED_PROXIES)) {
      found(
          PROXY_PROTOCOL, "needs trusted-proxies: say which senders of PROXY headers are believed");
    }
  }

  private void runtime() {
    RuntimeKind runtime = RuntimeKind.of(values);
    for (Setting<?> setting : runtime.foreign()) {
      if (values.gave(setting)) {
        found(setting, "has no place with " + runtime.reason(values) + "; drop one");
      }
    }
    switch (runtime) {
      case PROCESS -> {}
      case DOCKER -> require(runtime, IMAGE);
      case STATIC -> require(runtime, TARGETS);
    }
  }

  private void require(RuntimeKind runtime, Setting<?> setting) {
    if (!values.gave(setting)) {
      int line = values.problem(RUNTIME, "").line();
      found.add(new Problem(line, runtime.reason(values) + " needs " + setting.flag()));
    }
  }

  private void counts() {
    int most = values.get(MAX_REPLICAS);
    for (Setting<Integer> setting : List.of(REPLICAS, SPARES)) {
      if (values.get(setting) > most) {
        found(setting, values.get(setting) + " is more than max-replicas, " + most);
      }
    }
  }

  private void hash() {
    boolean ownClass = values.get(HASH).startsWith("class:");
    if (ownClass && !values.gave(HASH_JAR)) {
      found(HASH, "a class needs --hash-jar, the jar that holds it");
    }
    if (!ownClass && values.gave(HASH_JAR)) {
      found(HASH_JAR, "is used with --hash class:NAME only");
    }
  }

  private void classic() {
    int slots = values.get(CLASSIC_SLOTS);
    int virtual = values.get(CLASSIC_VIRTUAL_SERVERS);
    if (virtual > slots) {
      found(CLASSIC_VIRTUAL_SERVERS, virtual + " do not fit into " + slots + " slots");
    }
  }

  private void found(Setting<?> setting, String what) {
    found.add(values.problem(setting, what));
  }
}
