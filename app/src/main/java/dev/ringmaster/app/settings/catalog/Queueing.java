package dev.ringmaster.app.settings.catalog;

import java.nio.file.Path;
import java.util.List;

/// Whether and where messages are kept, and who may come for them.
public final class Queueing {
  public static final Setting<Boolean> QUEUE =
      new Setting<>(
          "queue",
          Scope.PROCESS,
          Kind.yesNo(),
          "true",
          "Keeps messages: Prefer: respond-async, and /queues on the traffic port. Its database is"
              + " opened when the first queue is made.");

  public static final Setting<Boolean> RESPOND_ASYNC =
      new Setting<>(
          "respond-async",
          Scope.ROUTE,
          Kind.yesNo(),
          "true",
          "Requests with Prefer: respond-async become messages of the service's queue; else the"
              + " preference passes to the replicas.");

  public static final Setting<String> STORE =
      new Setting<>(
          "queue-store",
          Scope.PROCESS,
          Kind.choice(List.of("sqlite", "postgres")),
          "sqlite",
          "Where messages are kept: in a file below --data, or in a PostgreSQL that several"
              + " Ringmasters share.");

  public static final Setting<String> URL =
      new Setting<>(
          "queue-url",
          Scope.PROCESS,
          Kind.text(
              "URL",
              "a URL such as jdbc:postgresql://host:5432/database, without a password",
              "jdbc:postgresql:(?!.*[?&]password=)\\S+"),
          null,
          "The PostgreSQL.");

  public static final Setting<String> USER =
      new Setting<>(
          "queue-user",
          Scope.PROCESS,
          Kind.word("NAME", "a name without spaces"),
          null,
          "Its user; else RINGMASTER_QUEUE_USER in the environment.");

  public static final Setting<Path> PASSWORD_FILE =
      new Setting<>(
          "queue-password-file",
          Scope.PROCESS,
          Kind.path(),
          null,
          "File with the user's password; else RINGMASTER_QUEUE_PASSWORD in the environment.");

  public static final Setting<String> CONSUMERS =
      new Setting<>(
          "queue-consumers",
          Scope.PROCESS,
          Kind.choice(List.of("control", "open")),
          "control",
          "Who may lease and acknowledge messages: whoever may change the fleet, or everyone.");

  public static final Setting<List<String>> CALLBACKS =
      new Setting<>(
          "queue-callbacks",
          Scope.PROCESS,
          Kind.list(
              Kind.text(
                  "HOST",
                  "a host such as hooks.example.com, *.example.com or hooks.example.com:8443",
                  "(\\*\\.)?[0-9a-zA-Z._-]+(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+\\](:[0-9]{1,5})?"),
              "hosts such as hooks.example.com, *.example.com or hooks.example.com:8443",
              1,
              1024),
          null,
          "Hosts that results may be posted to; none without it.");

  public static final Setting<Boolean> CALLBACK_PRIVATE =
      new Setting<>(
          "queue-callback-private",
          Scope.PROCESS,
          Kind.yesNo(),
          "false",
          "Also posts to those hosts if their addresses are private or loopback.");

  public static final Setting<Boolean> CLASSIC =
      new Setting<>(
          "classic-queue",
          Scope.PROCESS,
          Kind.yesNo(),
          "false",
          "Answers the classic names too: /topics, /producer/…, /consumer/…, /size.");

  static final Group GROUP =
      new Group(
          "Queue",
          List.of(
              QUEUE,
              RESPOND_ASYNC,
              STORE,
              URL,
              USER,
              PASSWORD_FILE,
              CONSUMERS,
              CALLBACKS,
              CALLBACK_PRIVATE,
              CLASSIC));

  private Queueing() {}
}
