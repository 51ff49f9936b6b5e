package hostperf.measure;

import hostperf.Refusal;
import java.time.Duration;

/// How many launches there will be, fixed before the first: warm-ups, pairs in ABBA order, and the
/// pairs that are added once if the first look is open. Even numbers, so that a drift which
/// favours the second launch of a pair favours each side equally often.
public record Plan(int warmUps, int pairs, int extension) {
  public Plan {
    if (pairs < Rule.LEAST || pairs % 2 != 0 || extension % 2 != 0 || extension < 0) {
      throw new Refusal(
          "%d pairs and %d more cannot be planned; allowed: even numbers, at least %d pairs."
              .formatted(pairs, extension, Rule.LEAST),
          "Choose the tier quick (8 pairs) or confirm (10, and 10 more if they leave it open).");
    }
  }

  /// 0.05 for one look, half of it for each of two.
  public double alpha() {
    return extension == 0 ? Rule.ONE_LOOK : Rule.EACH_OF_TWO_LOOKS;
  }

  public int launches() {
    return warmUps + 2 * pairs;
  }

  public int launchesAtMost() {
    return launches() + 2 * extension;
  }

  /// This plan cut to what the budget allows at so many seconds a launch: first the extension
  /// goes, then pairs, down to the fewest that can decide.
  public Plan within(Duration budget, double launchSeconds) {
    double affordable = budget.toMillis() / 1000.0 / launchSeconds;
    if (launchesAtMost() <= affordable) {
      return this;
    }
    int most = (int) Math.min(pairs, (affordable - warmUps) / 2) / 2 * 2;
    if (most < Rule.LEAST) {
      throw new Refusal(
          "The budget of %d s pays for %d launches of %.0f s; the fewest that can decide are %d."
              .formatted(
                  budget.toSeconds(), (int) affordable, launchSeconds, warmUps + 2 * Rule.LEAST),
          "Raise `measure.budget` in hostperf.yaml, or make the workload shorter.");
    }
    return new Plan(warmUps, most, 0);
  }

  /// Which side a pair launches first: base in odd pairs, candidate in even ones (ABBA).
  static Side first(int pair) {
    return pair % 2 == 1 ? Side.BASE : Side.CANDIDATE;
  }
}
