package dev.ringmaster.lab.report;

import java.util.Locale;

/// Numbers as people read them.
final class Numbers {
  private Numbers() {}

  /// Whole numbers with thousands separated; others with three significant digits or more.
  static String shown(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      return "–";
    }
    if (value == Math.rint(value) || Math.abs(value) >= 1000) {
      return String.format(Locale.ROOT, "%,d", Math.round(value));
    }
    if (Math.abs(value) < 0.001) {
      return String.format(Locale.ROOT, "%.1e", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%.0f" : "%.3g", value);
  }

  /// A part of one as a percentage.
  static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f %%", part * 100);
  }

  /// Milliseconds, whole from 10 on.
  static String ms(double ms) {
    return String.format(Locale.ROOT, ms >= 10 ? "%.0f ms" : "%.2g ms", ms);
  }
}
