package dev.ringmaster.app.run;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Hears the signals of the operating system.
///
/// A shutdown hook cannot tell TERM from HUP, cannot hear a second signal and cannot choose the
/// exit code. `sun.misc.Signal` can; it is exported for use (module jdk.unsupported, JEP 260) and
/// has no successor, but naming it in source is a warning that cannot be turned off, hence by
/// reflection.
final class Signals {
  private Signals() {}

  /// Runs `handler` on a thread of the JVM each time a signal comes, in place of what the JVM does.
  ///
  /// @param name without `SIG`: `TERM`
  /// @throws IllegalStateException if this JVM or system does not allow it
  static void handle(String name, Runnable handler) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(), new Class<?>[] {signalHandler}, calling(handler));
      signal
          .getMethod("handle", signal, signalHandler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the signal " + name + " cannot be handled", e);
    }
  }

  private static InvocationHandler calling(Runnable handler) {
    return (proxy, method, arguments) -> {
      if (method.getName().equals("handle")) {
        handler.run();
        return null;
      }
      return ofObject(proxy, method, arguments);
    };
  }

  /// What every object answers; the JVM may ask a handler for it.
  // A proxy is equal to itself alone; asking its own equals would come back here.
  @SuppressWarnings("ReferenceEquality")
  private static Object ofObject(Object proxy, Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "equals" -> proxy == arguments[0];
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "a signal handler of Ringmaster";
    };
  }
}
