package dev.ringmaster.fleet.plan;

import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The names of replicas.
public final class Names {
  private static final Pattern VALID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}");

  /// What names begin with unless told otherwise.
  public static final String PREFIX = "S";

  /// Random names have six digits: S100000 to S999999.
  private static final int FIRST = 100_000;

  public static final int LAST = 999_999;

  private Names() {}

  /// Whether a name may be used: it is a host name, a file name and a container name alike.
  public static boolean valid(String name) {
    return VALID.matcher(name).matches();
  }

  /// A random name that is not taken: the prefix and six digits. Ends, since far fewer names are
  /// taken than there are.
  public static String fresh(String prefix, Set<String> taken, RandomGenerator random) {
    while (true) {
      String name = prefix + random.nextInt(FIRST, LAST + 1);
      if (!taken.contains(name)) {
        return name;
      }
    }
  }
}
