package dev.ringmaster.console.access;

import dev.ringmaster.gateway.own.Question;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rule of who may change the fleet.
///
/// With a token, whoever names it may, from anywhere, and no one else. Without one the mode
/// decides. `LOOPBACK` means a person or program on this machine, so it refuses what only looks
/// local: a request that a proxy on this machine forwarded, and one that a browser sends for a page
/// of another origin.
///
/// @param mode who may where there is no token
/// @param token what to name, or null if none is configured
/// @param hostNames names in `Host` that are as good as a loopback name, in lower case, no port
public record ControlAccess(ControlMode mode, @Nullable BearerToken token, Set<String> hostNames) {
  private static final List<String> FORWARDED = List.of("forwarded", "x-forwarded-for", "via");

  public ControlAccess {
    hostNames = hostNames.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /// The default: no token, this machine only.
  public static ControlAccess loopback() {
    return new ControlAccess(ControlMode.LOOPBACK, null, Set.of());
  }

  /// The same rule for the console's port, where `OFF` is `LOOPBACK`.
  public ControlAccess onConsole() {
    return mode == ControlMode.OFF
        ? new ControlAccess(ControlMode.LOOPBACK, token, hostNames)
        : this;
  }

  /// Whether a question may change the fleet.
  public Verdict judge(Question question) {
    if (token != null) {
      return token.opens(question.headers().get("authorization"))
          ? new Verdict.Allowed()
          : new Verdict.TokenNeeded();
    }
    return switch (mode) {
      case OPEN -> new Verdict.Allowed();
      case OFF -> new Verdict.Forbidden("Control is off on this port");
      case LOOPBACK -> judgeLocal(question);
    };
  }

  private Verdict judgeLocal(Question question) {
    Map<String, String> headers = question.headers();
    if (!question.client().isLoopbackAddress()) {
      return new Verdict.Forbidden(
          "Only clients on this machine may do this; configure a token or open control");
    }
    for (String header : FORWARDED) {
      if (headers.containsKey(header)) {
        return new Verdict.Forbidden(
            "The request was forwarded, so its client may be elsewhere; configure a token");
      }
    }
    String host = headers.get("host");
    if (host != null && !LocalNames.covers(host, hostNames)) {
      return new Verdict.Forbidden("The Host header must name localhost or a configured name");
    }
    String origin = headers.get("origin");
    if (origin != null && (host == null || !origin.equalsIgnoreCase("http://" + host))) {
      return new Verdict.Forbidden("A page of another origin may not do this");
    }
    return new Verdict.Allowed();
  }
}
