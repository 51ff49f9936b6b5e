package hostperf.measure;

import java.util.Locale;

/// How much a validation may spend. Eight pairs are the fewest of even number that can still pass
/// as one of several candidates of a hotspot (p down to 0.8%); ten find a gain of twice the
/// launch-to-launch noise 19 times in 20.
public enum Tier {
  QUICK,
  CONFIRM;

  public Plan plan() {
    return switch (this) {
      case QUICK -> new Plan(1, 8, 0);
      case CONFIRM -> new Plan(1, 10, 10);
    };
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
