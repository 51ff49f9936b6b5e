package hostperf.measure;

/// How the chance of a wrong verdict is divided among looks at a growing measurement, fixed before
/// the first.
///
/// Each look has a part of its own, and the parts add up to the whole (Bonferroni), so the bound
/// holds however the looks depend on each other and whenever one stops. The first look, which most
/// measurements end with, has 70%, and nine further ones share the rest alike.
public final class Spending {
  public static final int MOST_LOOKS = 10;

  /// Two-sided, over all looks: 2% for a gain that is none.
  public static final double ALL = 0.04;

  private static final double FIRST = 0.7 * ALL;

  private Spending() {}

  /// @param look from 1
  public static double alpha(int look) {
    return look == 1 ? FIRST : (ALL - FIRST) / (MOST_LOOKS - 1);
  }
}
