package dev.ringmaster.fleet.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnContainerTest {
  private static final String ID = "4f1f".repeat(16);

  @Test
  void theIdIsFoundInTheMountsOfDockersOwnFiles() {
    assertThat(
            OwnContainer.idIn(
                List.of(
                    "611 610 0:52 / /proc rw,nosuid - proc proc rw",
                    "622 609 254:1 /var/lib/docker/containers/"
                        + ID
                        + "/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw")))
        .contains(ID);
  }

  @Test
  void theMountsOfAMachineHaveNoId() {
    assertThat(
            OwnContainer.idIn(
                List.of(
                    "22 1 254:1 / / rw,relatime - ext4 /dev/vda1 rw",
                    "40 22 0:36 /containers/short/hostname /x rw - tmpfs tmpfs rw")))
        .isEmpty();
  }
}
