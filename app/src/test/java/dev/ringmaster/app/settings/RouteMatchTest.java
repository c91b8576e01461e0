package dev.ringmaster.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteMatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                     | host=a           | true",
        "host=a               |                  | false",
        "host=a               | host=a path=/x   | true",
        "host=a               | host=b           | false",
        "host=*.a.com         | host=x.a.com     | true",
        "host=*.a.com         | host=*.x.a.com   | true",
        "host=*.a.com         | host=a.com       | false",
        "host=x.a.com         | host=*.a.com     | false",
        "path=/               |                  | true",
        "path=/a              | path=/a/b        | true",
        "path=/a              | path=/ab         | false",
        "path=/a              | path=/a/         | true",
        "path=/a/             | path=/a          | false",
        "path=/a/             | path=/a/b        | true",
        "path=/a/b            | path=/a          | false",
        "method=GET           |                  | false",
        "                     | method=GET       | true",
        "method=GET,PUT       | method=PUT       | true",
        "method=PUT           | method=GET,PUT   | false",
        "x=1                  | x=1 y=2          | true",
        "x=1 y=2              | x=1              | false",
        "x=1                  | x=2              | false",
      })
  void oneCoversAnotherIfItTakesAllOfItsRequests(String one, String other, boolean covers) {
    assertThat(match(one).covers(match(other))).isEqualTo(covers);
  }

  private static RouteMatch match(String text) {
    Map<String, String> parts = new TreeMap<>();
    for (String part : text == null ? new String[0] : text.split(" ", -1)) {
      parts.put(part.split("=", 2)[0], part.split("=", 2)[1]);
    }
    String methods = parts.remove("method");
    String host = parts.remove("host");
    String path = parts.remove("path");
    Set<String> set = methods == null ? Set.of() : new TreeSet<>(Set.of(methods.split(",", -1)));
    return new RouteMatch(host, path, set, parts);
  }
}
