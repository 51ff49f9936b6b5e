package hostperf.verdict;

import java.util.Locale;

/// Which version of the code a launch ran.
public enum Side {
  BASE,
  CANDIDATE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
