package dev.ringmaster.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ringmaster.gateway.key.KeyRule;
import dev.ringmaster.gateway.settings.RouteSettings;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.testing.FakeFleet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Planes that are refused as a whole, each with what is wrong.
class PlaneTest {
  private static ServedService service(String name, String key) {
    return new ServedService(
        name, ServiceSettings.DEFAULT.withKey(KeyRule.parse(key)), FakeFleet.at(1));
  }

  private static final ServedService A = service("a", "uri");
  private static final ServedService B = service("b", "uri");

  private static void refused(List<ServedService> services, List<Route> routes, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Plane(services, new Routes(routes)))
        .withMessageContaining(message);
  }

  @Test
  void aPlaneWithoutAServiceIsNone() {
    refused(List.of(), List.of(), "there is no service");
  }

  @Test
  void twoServicesOfOneNameAreRefused() {
    refused(List.of(A, A), List.of(), "service 'a' is there twice");
  }

  @Test
  void severalServicesNeedRoutes() {
    refused(List.of(A, B), List.of(), "no route says which gets what");
  }

  @Test
  void aRouteToAServiceThatIsNotThereIsRefused() {
    refused(List.of(A), List.of(Route.to("c", Match.ANY)), "there is no service 'c'");
  }

  @Test
  void aSplitByAKeyInTheBodyIsRefused() {
    Route split = Route.split(Match.ANY, new Share("body", 1), new Share("a", 1));
    refused(List.of(service("body", "body:/id"), A), List.of(split), "'body' is body:/id");
  }

  @Test
  void aSplitWithoutSharesOrWithOneServiceTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Route.split(Match.ANY, new Share("a", 0)))
        .withMessageContaining("leads to no service");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Route.split(Match.ANY, new Share("a", 1), new Share("a", 1)))
        .withMessageContaining("there twice");
    assertThatIllegalArgumentException().isThrownBy(() -> new Share("a", -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Share("a", Double.NaN));
  }

  @Test
  void aRouteSetsWhatItNamesAndLeavesTheRest() {
    RouteSettings own =
        new RouteSettings(null, Duration.ofSeconds(7), null, Duration.ofSeconds(9), 2, 100L, null);
    ServiceSettings over = own.over(ServiceSettings.DEFAULT);
    assertThat(over.timeouts().firstByte()).isEqualTo(Duration.ofSeconds(7));
    assertThat(over.timeouts().connect()).isEqualTo(ServiceSettings.DEFAULT.timeouts().connect());
    assertThat(over.timeouts().request()).isEqualTo(Duration.ofSeconds(9));
    assertThat(over.retry().tries()).isEqualTo(2);
    assertThat(over.retry().budget()).isEqualTo(ServiceSettings.DEFAULT.retry().budget());
    assertThat(over.limits().maxBodyBytes()).isEqualTo(100);
    assertThat(RouteSettings.NONE.over(ServiceSettings.DEFAULT)).isEqualTo(ServiceSettings.DEFAULT);
  }
}
