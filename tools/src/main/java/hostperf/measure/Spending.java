package hostperf.measure;

/// How the chance of a wrong verdict is divided among the looks at a growing measurement, fixed
/// before the first.
///
/// Each look has a part of its own, and the parts add up to the whole (Bonferroni), so the bound
/// holds however the looks depend on each other and whenever one stops. The look that the plan is
/// made for has 70%; those before it, which only a large effect can end, and those after it share
/// the rest, half each, or all of it where there are none before.
///
/// @param main the look that the plan is made for, from 1
public record Spending(int main) {
  public static final int MOST_LOOKS = 10;

  /// Two-sided, over all looks: 2% for a gain that is none.
  public static final double ALL = 0.04;

  private static final double MAIN = 0.7 * ALL;

  /// @param look from 1
  double alpha(int look) {
    int before = main - 1;
    double rest = before == 0 ? ALL - MAIN : (ALL - MAIN) / 2;
    if (look == main) {
      return MAIN;
    }
    return look < main ? rest / before : rest / (MOST_LOOKS - main);
  }
}
