package hostperf.server.autopilot;

import java.util.Locale;

/// What a person typed where yes or no was wanted. What is not exactly a yes is none.
public enum Typed {
  YES,
  NO,
  NEITHER;

  public static Typed of(String line) {
    return switch (line.strip().toLowerCase(Locale.ROOT)) {
      case "y", "yes" -> YES;
      case "n", "no" -> NO;
      default -> NEITHER;
    };
  }
}
