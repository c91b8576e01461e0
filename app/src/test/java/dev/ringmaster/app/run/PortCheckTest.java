package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortCheckTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void aPortInUseIsRefusedWithTheFlagThatChoosesAnother() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      InetSocketAddress address = new InetSocketAddress(LOOPBACK, taken.getLocalPort());
      assertThatThrownBy(() -> PortCheck.free(address, "--port"))
          .isInstanceOf(CannotStart.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + " is in use")
          .hasMessageEndingWith("choose another with --port");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theHolderOfAPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK)) {
      assertThat(PortHolder.of(taken.getLocalPort()))
          .hasValueSatisfying(holder ->
              assertThat(holder).endsWith("(process " + ProcessHandle.current().pid() + ")"));
    }
  }

  @Test
  void aFreePortIsFree() {
    assertThatCode(() -> PortCheck.free(new InetSocketAddress(LOOPBACK, 0), "--port"))
        .doesNotThrowAnyException();
  }

  @Test
  void anAddressOfAnotherMachineIsRefused() {
    assertThatThrownBy(() -> PortCheck.free(new InetSocketAddress("192.0.2.1", 0), "--port"))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("cannot listen on 192.0.2.1:0: ");
  }
}
