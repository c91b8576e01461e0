package dev.ringmaster.app.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/// The contract with Ringmaster itself in a container. Skipped where no Docker engine answers.
@EnabledIf("dev.ringmaster.app.docker.Docker#answers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerContractIT {
  private static final String TAG =
      "it-" + HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt());

  private final FileChannel turn;
  private Stage stage;

  DockerContractIT() throws IOException {
    Path lock = Path.of(System.getProperty("java.io.tmpdir"), "ringmaster-docker-it.lock");
    turn = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  @BeforeAll
  void waitForATurnAndBuildTheImages() throws IOException, InterruptedException {
    turn.lock();
    Docker.buildImages(TAG);
  }

  @AfterAll
  void removeTheImages() throws IOException, InterruptedException {
    Docker.docker("image", "rm", "server-" + TAG, "ringmaster-" + TAG);
    turn.close();
  }

  @BeforeEach
  void start() throws IOException, InterruptedException {
    stage = new Stage(TAG);
    patiently().until(() -> stage.serving() == 3);
  }

  @AfterEach
  void remove() throws IOException, InterruptedException {
    stage.close();
  }

  @Test
  void theClassicCommandsWork() throws Exception {
    assertThat(stage.get("/rep"))
        .isEqualTo(
            "{\"message\":{\"N\":3,\"replicas\":[\"S1\",\"S2\",\"S3\"]},\"status\":\"successful\"}");
    assertThat(stage.get("/home"))
        .matches("\\{\"message\":\"Hello from Server: [123]\",\"status\":\"successful\"}");
    HttpResponse<String> other = stage.call("GET", "/other", "");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).contains("'/other' endpoint does not exist in server replicas");

    String added = "S5-" + TAG;
    HttpResponse<String> add =
        stage.call("POST", "/add", "{\"n\":2,\"hostnames\":[\"" + added + "\"]}");
    assertThat(add.statusCode()).isEqualTo(200);
    assertThat(stage.replicas()).hasSize(5).startsWith("S1", "S2", "S3", added);
    assertThat(stage.serving()).isEqualTo(5);
    assertThat(Docker.docker("inspect", "-f", "{{.Config.Hostname}} {{.Config.Env}}", added))
        .startsWith(added)
        .contains("SERVER_ID=" + added);
    assertThat(stage.containers()).containsAll(stage.replicas());

    HttpResponse<String> rm =
        stage.call("DELETE", "/rm", "{\"n\":2,\"hostnames\":[\"" + added + "\",\"S2\"]}");
    assertThat(rm.statusCode()).isEqualTo(200);
    assertThat(stage.replicas()).hasSize(3).doesNotContain(added, "S2");
    patiently().until(() -> stage.containers().size() == 4);
    assertThat(stage.call("POST", "/add", "{\"n\":0}").statusCode()).isEqualTo(400);
  }

  @Test
  void onlyRingmastersPortIsPublished() throws Exception {
    for (String replica : stage.replicas()) {
      assertThat(Docker.docker("port", replica)).isEmpty();
    }
  }

  @Test
  void aKilledReplicaIsReplacedAndNoRequestIsLost() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    CompletableFuture<List<Integer>> traffic =
        CompletableFuture.supplyAsync(() -> Traffic.until(over, stage));
    Docker.docker("kill", "S2");
    long killedNs = System.nanoTime();
    patiently().until(() -> stage.healed(3, "S2"));
    print("docker kill to 3 serving", killedNs);
    over.countDown();
    assertThat(traffic.get()).isNotEmpty().containsOnly(200);
    patiently().until(() -> !stage.containers().contains("S2"));
  }

  @Test
  void aPausedReplicaIsReplaced() throws Exception {
    Docker.docker("pause", "S1");
    long pausedNs = System.nanoTime();
    patiently().until(() -> stage.healed(3, "S1"));
    print("docker pause to 3 serving", pausedNs);
    patiently().until(() -> !stage.containers().contains("S1"));
    assertThat(stage.get("/home")).contains("Hello from Server");
  }

  @Test
  void stoppingRingmasterLeavesNoReplica() throws Exception {
    Docker.docker("stop", "-t", "60", stage.ringmaster());
    assertThat(stage.containers()).containsExactly(stage.ringmaster());
    assertThat(Docker.docker("inspect", "-f", "{{.State.ExitCode}}", stage.ringmaster()))
        .isEqualTo("0");
  }

  @Test
  void aKilledRingmasterFindsItsReplicasAgain() throws Exception {
    String before = Docker.docker("inspect", "-f", "{{.Id}}", "S1", "S2", "S3");
    Docker.docker("kill", stage.ringmaster());
    Docker.docker("start", stage.ringmaster());
    stage.locate();
    patiently().until(() -> stage.serving() == 3);
    assertThat(stage.replicas()).containsExactly("S1", "S2", "S3");
    assertThat(Docker.docker("inspect", "-f", "{{.Id}}", "S1", "S2", "S3")).isEqualTo(before);
  }

  private static ConditionFactory patiently() {
    return await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class);
  }

  private static void print(String what, long sinceNs) {
    System.out.printf("%s: %.2f s%n", what, (System.nanoTime() - sinceNs) / 1e9);
  }
}
