package dev.ringmaster.app.settings.catalog;

import java.util.List;

/// Where Ringmaster listens, and what serves its connections.
public final class Listening {
  private static final Kind<Integer> LISTEN = Kind.whole(0, 65535);
  private static final Kind<String> ADDRESS =
      Kind.text("ADDRESS", "an IP address or a host name", "[0-9a-zA-Z:.%_-]+");

  public static final Setting<Integer> PORT =
      new Setting<>("port", Scope.PROCESS, LISTEN, "5000", "Port for traffic; 0 takes a free one.");

  public static final Setting<String> ADDRESS_OF_TRAFFIC =
      new Setting<>(
          "address", Scope.PROCESS, ADDRESS, "0.0.0.0", "Address to listen on for traffic.");

  public static final Setting<Integer> ADMIN_PORT =
      new Setting<>(
          "admin-port", Scope.PROCESS, LISTEN, "5001", "Port of the console; 0 takes a free one.");

  public static final Setting<String> ADMIN_ADDRESS =
      new Setting<>(
          "admin-address", Scope.PROCESS, ADDRESS, "127.0.0.1", "Address of the console.");

  public static final Setting<Integer> EVENT_LOOPS =
      new Setting<>(
          "event-loops", Scope.PROCESS, Kind.whole(0, 1024), "0", "Event loops; 0 is one a core.");

  public static final Setting<String> TRANSPORT =
      new Setting<>(
          "transport",
          Scope.PROCESS,
          Kind.choice(List.of("auto", "io_uring", "epoll", "nio")),
          "auto",
          "How bytes reach the kernel; auto takes the first that works.");

  public static final Setting<Boolean> RELOAD_ON_CHANGE =
      new Setting<>(
          "reload-on-change",
          Scope.PROCESS,
          Kind.yesNo(),
          "false",
          "Reads the settings file again when it has changed; looked for every second.");

  static final Group GROUP =
      new Group(
          "Listening",
          List.of(
              PORT,
              ADDRESS_OF_TRAFFIC,
              ADMIN_PORT,
              ADMIN_ADDRESS,
              EVENT_LOOPS,
              RELOAD_ON_CHANGE,
              TRANSPORT));

  private Listening() {}
}
