package dev.ringmaster.gateway.route;

import dev.ringmaster.gateway.http1.Method;
import dev.ringmaster.gateway.http1.RequestHead;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A route's conditions made ready: compares bytes where they lie in the head and allocates
/// nothing. Immutable; safe for any thread.
final class Matcher {
  private final @Nullable HostName host;
  private final @Nullable PathPrefix path;
  private final boolean anyMethod;
  private final EnumSet<Method> methods = EnumSet.noneOf(Method.class);
  private final byte[][] otherMethods;
  private final byte[][] names;
  private final byte[] @Nullable [] values;

  Matcher(Match match) {
    this.host = match.host() == null ? null : new HostName(match.host());
    this.path =
        match.path() == null || match.path().equals("/") ? null : new PathPrefix(match.path());
    this.anyMethod = match.methods().isEmpty();
    List<byte[]> others = new ArrayList<>();
    for (String method : match.methods()) {
      if (!known(method)) {
        others.add(bytes(method));
      }
    }
    this.otherMethods = others.toArray(new byte[0][]);
    List<HeaderRule> headers = match.headers();
    this.names = new byte[headers.size()][];
    this.values = new byte[headers.size()][];
    for (int i = 0; i < names.length; i++) {
      String value = headers.get(i).value();
      names[i] = bytes(headers.get(i).name());
      values[i] = value == null ? null : bytes(value);
    }
  }

  private boolean known(String name) {
    for (Method method : Method.values()) {
      if (method != Method.OTHER && method.name().equals(name)) {
        methods.add(method);
        return true;
      }
    }
    return false;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// Whether it looks at paths.
  boolean readsPath() {
    return path != null;
  }

  boolean matches(RequestHead head, Reading reading) {
    return (host == null || host.matches(head))
        && (path == null || path.matches(head.bytes(), head.pathFrom(), head.pathTo(), reading))
        && (anyMethod || methodMatches(head))
        && headersMatch(head);
  }

  private boolean methodMatches(RequestHead head) {
    if (head.method() != Method.OTHER) {
      return methods.contains(head.method());
    }
    for (byte[] method : otherMethods) {
      if (same(head, head.methodFrom(), head.methodTo(), method)) {
        return true;
      }
    }
    return false;
  }

  private boolean headersMatch(RequestHead head) {
    for (int i = 0; i < names.length; i++) {
      if (!headerMatches(head, names[i], values[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean headerMatches(RequestHead head, byte[] name, byte @Nullable [] value) {
    int line = head.find(name);
    while (line >= 0 && value != null) {
      if (same(head, head.valueFrom(line), head.valueTo(line), value)) {
        return true;
      }
      line = head.next(name, line);
    }
    return line >= 0;
  }

  private static boolean same(RequestHead head, int from, int to, byte[] expected) {
    return Arrays.equals(head.bytes(), from, to, expected, 0, expected.length);
  }
}
