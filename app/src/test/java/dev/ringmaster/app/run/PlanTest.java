package dev.ringmaster.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.app.settings.Given;
import dev.ringmaster.app.settings.Values;
import dev.ringmaster.console.ConsoleSettings;
import dev.ringmaster.console.access.ControlMode;
import dev.ringmaster.fleet.FleetSettings;
import dev.ringmaster.fleet.weight.EjectionSettings;
import dev.ringmaster.gateway.settings.ClientTimeouts;
import dev.ringmaster.gateway.settings.ConcurrencyLimit;
import dev.ringmaster.gateway.settings.GatewaySettings;
import dev.ringmaster.gateway.settings.RetryLimits;
import dev.ringmaster.gateway.settings.ServiceSettings;
import dev.ringmaster.gateway.settings.ServiceTimeouts;
import dev.ringmaster.ring.BoundedLoad;
import dev.ringmaster.ring.Scheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path directory;

  @Test
  void theDefaultsAreThoseOfTheRooms() throws Exception {
    Planned plan = plan();
    assertThat(plan.fleet()).isEqualTo(FleetSettings.of("web", 3));
    assertThat(plan.gateway().timeouts()).isEqualTo(ClientTimeouts.DEFAULT);
    assertThat(plan.service().timeouts()).isEqualTo(ServiceTimeouts.DEFAULT);
    assertThat(plan.service().retry()).isEqualTo(RetryLimits.DEFAULT);
    assertThat(plan.service().concurrency()).isEqualTo(ConcurrencyLimit.NONE);
    assertThat(plan.service().bound()).isEqualTo(BoundedLoad.of("1.25", 16));
    assertThat(plan.service().key().text()).isEqualTo("random");
    assertThat(plan.gateway().address().getPort()).isEqualTo(5000);
    assertThat(plan.console().address().getPort()).isEqualTo(5001);
    assertThat(plan.console().access().mode()).isEqualTo(ControlMode.LOOPBACK);
    assertThat(plan.console().commandWait()).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void ejectionAndSlowStartAreThoseThatWereSet() throws Exception {
    Planned plan =
        plan("ejection.failures=0", "ejection.time=5s", "ejection.most=0.5", "slow-start=1m");
    assertThat(plan.fleet().ejection())
        .isEqualTo(new EjectionSettings(0, Duration.ofSeconds(5), 0.5));
    assertThat(plan.fleet().slowStart()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void theLimitsOfBodiesAreBothTaken() throws Exception {
    var limits = plan("limits.body-key-bytes=1024", "limits.body-bytes=64k").service().limits();
    assertThat(limits.bodyKeyBytes()).isEqualTo(1024);
    assertThat(limits.maxBodyBytes()).isEqualTo(65_536);
  }

  @Test
  void classicAnswersComeWithTheBundledServerOnly() throws Exception {
    assertThat(plan().service().classicAnswers()).isTrue();
    assertThat(plan("command=x {port}").service().classicAnswers()).isFalse();
    assertThat(plan("targets=a:1").service().classicAnswers()).isFalse();
    assertThat(plan("image=i").service().classicAnswers()).isFalse();
    assertThat(plan("targets=a:1", "classic-answers=true").service().classicAnswers()).isTrue();
    assertThat(plan("classic-answers=false").service().classicAnswers()).isFalse();
  }

  @Test
  void theClassicSchemeIsUnboundedUnlessABoundIsGiven() throws Exception {
    assertThat(plan("scheme=classic").service().bound()).isNull();
    assertThat(plan("scheme=classic", "bound=2").service().bound())
        .isEqualTo(BoundedLoad.of("2", 16));
    assertThat(plan("bound=off").service().bound()).isNull();
  }

  @Test
  void theClassicSchemeTakesItsParameters() throws Exception {
    Scheme scheme =
        plan(
                "scheme=classic",
                "classic-scheme.slots=1024",
                "classic-scheme.virtual-servers=10",
                "classic-scheme.probing=quadratic",
                "classic-scheme.request=3,4,5",
                "classic-scheme.virtual=6,7,8,9")
            .fleet()
            .scheme();
    assertThat(scheme.text())
        .isEqualTo(
            "classic(slots=1024, virtual servers=10, probing=quadratic, request=3,4,5,"
                + " virtual=6,7,8,9)");
    assertThat(plan("scheme=classic").fleet().scheme()).isEqualTo(Scheme.Classic.standard());
  }

  @Test
  void everySchemeOfTheRingCanBeSet() throws Exception {
    for (String name : Scheme.NAMES.names()) {
      assertThat(plan("scheme=" + name).fleet().scheme().name()).isEqualTo(name);
    }
  }

  @Test
  void theHashIsKeyedUnlessAnotherIsSet() throws Exception {
    assertThat(plan().service().hash().name()).isEqualTo("siphash");
    assertThat(plan("hash=md5").service().hash().name()).isEqualTo("md5");
    assertThatThrownBy(() -> plan("hash=class:no.Such", "hash-jar=/no/such.jar"))
        .isInstanceOf(CannotStart.class)
        .hasMessageStartingWith("--hash: ");
  }

  @Test
  void targetsAreAsManyAsTheReplicas() throws Exception {
    assertThat(plan("targets=a:1,b:2").fleet().replicas()).isEqualTo(2);
  }

  @Test
  void aTokenFileIsReadAndAWrongOneStopsTheStart() throws Exception {
    Path token = directory.resolve("token");
    Files.writeString(token, "abc.def\n");
    assertThat(plan("token-file=" + token).console().access().token()).isNotNull();
    Files.writeString(token, "two words");
    assertThatThrownBy(() -> plan("token-file=" + token))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(token.toString());
  }

  /// The settings of all rooms for one service.
  private record Planned(
      FleetSettings fleet,
      GatewaySettings gateway,
      ServiceSettings service,
      ConsoleSettings console) {}

  private static Planned plan(String... settings) throws Exception {
    List<Given> given = new ArrayList<>();
    for (String setting : settings) {
      String[] parts = setting.split("=", 2);
      given.add(new Given(parts[0], parts[1], "test"));
    }
    Values values = Values.of(given);
    Plan plan = Plan.of(values);
    return new Planned(
        Plan.fleet(values), plan.gateway(), Plan.service(values, new byte[16]), plan.console());
  }
}
