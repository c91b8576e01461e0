package dev.ringmaster.lab.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Maps values to places on an axis, in pixels.
public sealed interface Scale {

  /// Where a value stands.
  double at(double value);

  /// The round values that the axis names, in order.
  List<Double> ticks();

  /// A value as an axis names it: `1200` as `1,200`, `0.5` as `0.5`.
  static String label(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%.4g", value).replaceAll("0+$", "");
  }

  /// Equal steps from `low` to `high`, widened to whole ticks.
  record Linear(double low, double high, double from, double to, double step) implements Scale {

    /// A scale over at least `low` to `high`, with about `ticks` ticks.
    public static Linear over(double low, double high, double from, double to, int ticks) {
      double range = high > low ? high - low : 1;
      double step = roundStep(range / Math.max(1, ticks));
      double least = Math.floor(low / step) * step;
      double most = Math.ceil((low + range) / step) * step;
      return new Linear(least, most, from, to, step);
    }

    @Override
    public double at(double value) {
      return from + (value - low) / (high - low) * (to - from);
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      long count = Math.round((high - low) / step);
      for (long i = 0; i <= count; i++) {
        ticks.add(low + i * step);
      }
      return ticks;
    }

    /// The least of 1, 2, 5 times a power of ten that is not below `rough`.
    private static double roundStep(double rough) {
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      for (int factor : new int[] {1, 2, 5}) {
        if (factor * power >= rough * 0.999) {
          return factor * power;
        }
      }
      return 10 * power;
    }
  }

  /// Equal ratios between whole powers of ten; values below the lowest stand at its place.
  record Log(int lowPower, int highPower, double from, double to) implements Scale {

    /// A scale over at least `low` to `high`, both above 0.
    public static Log over(double low, double high, double from, double to) {
      int lowPower = (int) Math.floor(Math.log10(low));
      int highPower = Math.max(lowPower + 1, (int) Math.ceil(Math.log10(high)));
      return new Log(lowPower, highPower, from, to);
    }

    @Override
    public double at(double value) {
      double power = value > 0 ? Math.max(lowPower, Math.log10(value)) : lowPower;
      return from + (power - lowPower) / (highPower - lowPower) * (to - from);
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (int power = lowPower; power <= highPower; power++) {
        ticks.add(Math.pow(10, power));
      }
      return ticks;
    }
  }
}
