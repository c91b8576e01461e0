package dev.ringmaster.fleet.health;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.fleet.health.Sign.Cause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final HealthSettings SETTINGS =
      new HealthSettings(
          "/alive", Duration.ofSeconds(2), Duration.ofSeconds(1), 3, 2, 0, Duration.ofSeconds(30));

  @Test
  void theStatusIsTold() throws Exception {
    assertThat(beat("HTTP/1.1 204 No Content\r\n\r\n")).containsExactly(new Sign.Answered(204));
    assertThat(beat("HTTP/1.0 503 Busy\r\n\r\n")).containsExactly(new Sign.Answered(503));
  }

  @Test
  void whatIsNotHttpIsGarbage() throws Exception {
    assertThat(beat("SSH-2.0-OpenSSH_9.6\r\n")).containsExactly(new Sign.Missed(Cause.GARBAGE));
    assertThat(beat("HTTP/1.1 999 What\r\n\r\n")).containsExactly(new Sign.Missed(Cause.GARBAGE));
  }

  @Test
  void aConnectionThatClosesIsBroken() throws Exception {
    assertThat(beat("")).containsExactly(new Sign.Missed(Cause.BROKEN));
  }

  @Test
  void aPortWhereNobodyListensRefuses() throws Exception {
    InetSocketAddress address;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = (InetSocketAddress) server.getLocalSocketAddress();
    }
    List<Sign> signs = new ArrayList<>();
    Heartbeat.send(address, SETTINGS, signs::add);
    assertThat(signs).containsExactly(new Sign.Missed(Cause.REFUSED));
  }

  @Test
  void aLateAnswerIsToldAfterTheMiss() throws Exception {
    HealthSettings quick =
        new HealthSettings(
            "/", Duration.ofSeconds(2), Duration.ofMillis(500), 3, 2, 0, Duration.ofSeconds(30));
    List<Sign> signs = new ArrayList<>();
    CountDownLatch missed = new CountDownLatch(1);
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              missed.await();
              socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e);
            }
          });
      Heartbeat.send(
          (InetSocketAddress) server.getLocalSocketAddress(),
          quick,
          sign -> {
            signs.add(sign);
            missed.countDown();
          });
    }
    assertThat(signs).containsExactly(new Sign.Missed(Cause.TIMED_OUT), new Sign.Late());
  }

  private static List<Sign> beat(String answer) throws Exception {
    List<Sign> signs = new ArrayList<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread replica =
          Thread.ofVirtual()
              .start(() -> {
                try (Socket socket = server.accept()) {
                  byte[] request = socket.getInputStream().readNBytes(11);
                  assertThat(new String(request, US_ASCII)).isEqualTo("GET /alive ");
                  socket.getInputStream().skip(socket.getInputStream().available());
                  socket.getOutputStream().write(answer.getBytes(US_ASCII));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      Heartbeat.send((InetSocketAddress) server.getLocalSocketAddress(), SETTINGS, signs::add);
      replica.join();
    }
    return signs;
  }

  @Test
  void settingsOfHttp2AreASignOfLife() throws Exception {
    BlockingQueue<Sign> heard = new LinkedBlockingQueue<>();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try (Socket socket = server.accept()) {
              byte[] preface = socket.getInputStream().readNBytes(24 + 9);
              boolean good = new String(preface, ISO_8859_1).startsWith("PRI * HTTP/2.0\r\n");
              byte[] settings = {0, 0, 6, (byte) (good ? 4 : 9), 0, 0, 0, 0, 0, 0, 3, 0};
              socket.getOutputStream().write(settings);
              socket.getInputStream().read();
            } catch (IOException e) {
              heard.add(new Sign.Missed(Sign.Cause.GARBAGE));
            }
          });
      InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
      Heartbeat.send(address, HealthSettings.DEFAULTS.withProbe(Probe.HTTP2), heard::add);
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Sign.Answered(200));
    }
  }
}
