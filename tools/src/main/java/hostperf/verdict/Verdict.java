package hostperf.verdict;

import java.util.Locale;

/// What the samples allow to be said.
public enum Verdict {
  IMPROVED,
  REGRESSED,
  UNCHANGED,
  INCONCLUSIVE;

  /// The word of the interface of record.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
