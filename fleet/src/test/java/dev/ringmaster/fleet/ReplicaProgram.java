package dev.ringmaster.fleet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small server to be run as a replica; it answers every request with 200 and its id. Its second
/// argument says what is wrong with it.
public final class ReplicaProgram {
  private ReplicaProgram() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int port = Integer.parseInt(args[0]);
    switch (args.length > 1 ? args[1] : "serve") {
      case "serve" -> serve(port);
      case "exit" -> {
        System.err.println("cannot find my settings");
        System.exit(3);
      }
      case "silent" -> Thread.currentThread().join();
      case "elsewhere" -> serve(0);
      case "parent" -> {
        new ProcessBuilder(vector(port, "serve")).start().waitFor();
      }
      case "chatter" -> {
        String line = "x".repeat(1000);
        for (int i = 0; i < 3000; i++) {
          System.out.println(line);
        }
        serve(port);
      }
      default -> throw new IllegalArgumentException(args[1]);
    }
  }

  /// The words that run this program.
  static List<String> vector(Object port, String what) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx32m"));
    words.addAll(List.of("-cp", classes(), ReplicaProgram.class.getName(), port.toString(), what));
    return words;
  }

  private static String classes() {
    return Path.of(
            ReplicaProgram.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  private static void serve(int port) throws IOException {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\n.".getBytes(US_ASCII);
    try (ServerSocket server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      while (true) {
        answerOne(server, answer);
      }
    }
  }

  private static void answerOne(ServerSocket server, byte[] answer) throws IOException {
    try (Socket socket = server.accept()) {
      InputStream in = socket.getInputStream();
      byte[] request = new byte[4096];
      if (in.read(request) > 0) {
        socket.getOutputStream().write(answer);
      }
    }
  }
}
