package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContradictionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targets=a:1 command=x | --command: has no place with --targets; drop one",
        "image=i command=x | --command: has no place with --image; drop one",
        "targets=a:1 spares=1 | --spares: has no place with --targets; drop one",
        "targets=a:1 image=i | --image: has no place with --targets; drop one",
        "runtime=docker | --runtime docker needs --image",
        "runtime=static | --runtime static needs --targets",
        "runtime=process image=i | --image: has no place with --runtime process; drop one",
        "network=n | --network: has no place with --runtime process (the default); drop one",
        "port=7 admin-port=7 | port and admin-port are both 7: give the console a port of its own",
        "replicas=9 max-replicas=8 | --replicas: 9 is more than max-replicas, 8",
        "hash=class:a.B | --hash: a class needs --hash-jar, the jar that holds it",
        "proxy-protocol=required | --proxy-protocol: needs trusted-proxies: say which senders of"
            + " PROXY headers are believed",
        "hash-jar=x.jar | --hash-jar: is used with --hash class:NAME only",
      })
  void settingsThatDoNotGoTogetherAreRefused(String flags, String problem) {
    Rejected rejected = catchThrowableOfType(Rejected.class, () -> Values.of(given(flags)));
    assertThat(rejected.problems()).containsExactly(problem);
  }

  @Test
  void freePortsAndPortsOfOtherAddressesDoNotClash() throws Rejected {
    assertThat(Values.of(given("port=0 admin-port=0"))).isNotNull();
    String addresses = "address=127.0.0.2 admin-address=127.0.0.1";
    assertThat(Values.of(given("port=7 admin-port=7 " + addresses))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"replicas=1,PROCESS", "targets=a:1,STATIC", "image=i,DOCKER"})
  void theRuntimeFollowsFromWhatIsGiven(String flags, RuntimeKind runtime) throws Rejected {
    assertThat(RuntimeKind.of(Values.of(given(flags)))).isEqualTo(runtime);
  }

  private static List<Given> given(String flags) {
    List<Given> given = new ArrayList<>();
    for (String flag : flags.split(" ", -1)) {
      String[] parts = flag.split("=", 2);
      given.add(new Given(parts[0], parts[1], "--" + parts[0]));
    }
    return given;
  }
}
