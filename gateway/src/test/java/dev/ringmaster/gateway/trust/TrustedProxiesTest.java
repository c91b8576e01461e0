package dev.ringmaster.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "10.1.2.0/23, 10.1.3.255, true",
    "10.1.2.0/23, 10.1.4.0, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.8, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "::1, ::1, true",
    "::1, 127.0.0.1, false",
    "::/0, ::ffff:1.2.3.4, false",
    "1.2.3.4, ::ffff:1.2.3.4, true",
  })
  void aBlockHasTheAddressesOfItsPrefix(String block, String address, boolean trusted)
      throws Exception {
    assertThat(TrustedProxies.of(List.of(block)).trust(InetAddress.getByName(address)))
        .isEqualTo(trusted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "10",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/+8",
        "10.0.0.0/8/8",
        "010.0.0.1",
        "256.0.0.1",
        "1.2.3",
        "example.com",
        "::1%lo",
        "[::1]",
        "::/129",
        ":::",
        "10.0.0.1/8",
        "fd00::1/64",
        " 10.0.0.1",
        "1.2.3.4.5",
        "::ffff:1.2.3",
        "0x7f.0.0.1"
      })
  void whatIsNoBlockIsRefusedByName(String text) {
    assertThatThrownBy(() -> TrustedProxies.of(List.of("10.0.0.1", text)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void loopbackIsTrustedOnlyIfListed() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    assertThat(TrustedProxies.NONE.trust(loopback)).isFalse();
    assertThat(TrustedProxies.of(List.of("10.0.0.0/8")).trust(loopback)).isFalse();
    assertThat(TrustedProxies.of(List.of("10.0.0.0/8", "127.0.0.0/8")).trust(loopback)).isTrue();
  }
}
