package hostperf.verdict;

/// The same metric from two neighbouring launches, one of the base and one of the candidate.
/// Both are positive, since verdicts rest on their ratio.
public record Pair(double base, double candidate) {
  public Pair {
    if (!usable(base) || !usable(candidate)) {
      throw new IllegalArgumentException(base + ", " + candidate);
    }
  }

  public static boolean usable(double value) {
    return value > 0 && Double.isFinite(value);
  }
}
