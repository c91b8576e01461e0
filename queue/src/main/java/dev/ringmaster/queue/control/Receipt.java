package dev.ringmaster.queue.control;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The right to end a lease: names the message and which lease of it. A later lease, another epoch
/// of the shard or the lease's end makes it late.
///
/// ```
/// SHARD.SEQ.EPOCH.ATTEMPT, each a decimal number
/// ```
public record Receipt(int shard, long seq, long epoch, int attempt) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,4})\\.(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,9})");

  /// Reads what [#toString] wrote.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Receipt parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + text + "' is not a receipt");
    }
    return new Receipt(
        Integer.parseInt(parts.group(1)),
        Long.parseLong(parts.group(2)),
        Long.parseLong(parts.group(3)),
        Integer.parseInt(parts.group(4)));
  }

  @Override
  public String toString() {
    return shard + "." + seq + "." + epoch + "." + attempt;
  }
}
