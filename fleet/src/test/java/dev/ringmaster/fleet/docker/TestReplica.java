package dev.ringmaster.fleet.docker;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// What the test containers run: answers each connection with its id and host name. `MODE=fail`
/// makes it end at once, `MODE=talk` makes it write a lot first.
final class TestReplica {
  private TestReplica() {}

  public static void main(String[] args) throws IOException {
    String mode = System.getenv().getOrDefault("MODE", "");
    if (mode.equals("fail")) {
      System.err.println("this replica was told to fail");
      Runtime.getRuntime().halt(7);
    }
    for (int line = 1; mode.equals("talk") && line <= 1000; line++) {
      System.out.println("line " + line);
    }
    String answer = System.getenv("SERVER_ID") + " " + System.getenv("HOSTNAME");
    try (ServerSocket listener = new ServerSocket(Integer.parseInt(System.getenv("PORT")))) {
      while (true) {
        try (Socket socket = listener.accept()) {
          socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }
}
