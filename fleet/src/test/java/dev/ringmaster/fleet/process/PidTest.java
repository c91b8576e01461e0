package dev.ringmaster.fleet.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PidTest {

  @Test
  void aHandleIsReadAsItWasWritten() {
    Pid self = Objects.requireNonNull(Pid.of(ProcessHandle.current().pid()));
    assertThat(Pid.parse(self.handle())).isEqualTo(self);
    assertThat(self.alive()).isTrue();
    assertThat(Pid.parse("x")).isNull();
    assertThat(Pid.parse(":birth")).isNull();
    assertThat(Pid.parse("-1:birth")).isNull();
    assertThat(Pid.parse("9999999999999999999:birth")).isNull();
  }

  @Test
  void anotherProcessOfTheSameIdIsAnother() {
    Pid self = Objects.requireNonNull(Pid.of(ProcessHandle.current().pid()));
    assertThat(new Pid(self.pid(), "born before").alive()).isFalse();
  }

  @Test
  void aProcessThatEndedIsNotAlive() throws Exception {
    Process process = new ProcessBuilder("cat").start();
    Pid pid = Objects.requireNonNull(Pid.of(process.pid()));
    assertThat(pid.alive()).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(pid.alive()).isFalse();
    assertThat(Pid.sessionOf(pid.pid())).isZero();
  }
}
