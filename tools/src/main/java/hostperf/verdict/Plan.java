package hostperf.verdict;

import hostperf.Refusal;
import java.time.Duration;

/// How many launches there will be, fixed before the first: warm-ups, pairs in ABBA order, and the
/// pairs that each further look adds. Even numbers, so that a drift which favours the second launch
/// of a pair favours each side equally often.
///
/// @param pairs until the first look
/// @param extension pairs that each further look adds; 0 where there can be one look only
/// @param looks how many are taken without being asked again
/// @param main the look that it is made for
public record Plan(int warmUps, int pairs, int extension, int looks, int main) {
  public Plan {
    if (pairs < 1 || extension < 0 || looks < 1 || (extension == 0 && looks > 1)) {
      throw new IllegalArgumentException(
          "%d pairs, %d more a look, %d looks".formatted(pairs, extension, looks));
    }
  }

  /// Made for its first look.
  public Plan(int warmUps, int pairs, int extension, int looks) {
    this(warmUps, pairs, extension, looks, 1);
  }

  /// With one further look where an extension is planned.
  public Plan(int warmUps, int pairs, int extension) {
    this(warmUps, pairs, extension, extension == 0 ? 1 : 2);
  }

  /// One look at the fewest pairs that can answer.
  ///
  /// @param points that are judged together, each at its part of the level; 1 where there are none
  public static Plan fewest(int points) {
    int pairs = Rule.LEAST;
    while (SignedRank.bound(pairs, Rule.ONE_LOOK / points) == 0) {
      pairs += 2;
    }
    return new Plan(1, pairs, 0);
  }

  /// All of it for an only look, else this look's part.
  public double alpha(int look) {
    return extension == 0 ? Rule.ONE_LOOK : spending().alpha(look);
  }

  private Spending spending() {
    return new Spending(main, (double) extension / pairs);
  }

  /// How many pairs a look is at.
  public int pairsAt(int look) {
    return pairs + (look - 1) * extension;
  }

  /// With so many more looks, as far as the spending rule goes.
  public Plan further(int more) {
    return upTo(Math.min(Spending.MOST_LOOKS, looks + more));
  }

  public Plan upTo(int look) {
    return new Plan(warmUps, pairs, extension, look, main);
  }

  public int launches() {
    return launchesAt(1);
  }

  public int launchesAtMost() {
    return launchesAt(looks);
  }

  public int launchesAt(int look) {
    return warmUps + 2 * pairsAt(look);
  }

  /// This plan cut to what the budget allows at so many seconds a launch: first further looks go,
  /// then pairs, down to the fewest that can decide.
  public Plan within(Duration budget, double launchSeconds) {
    double affordable = budget.toMillis() / 1000.0 / launchSeconds;
    for (int look = looks; look >= 1; look--) {
      if (launchesAt(look) <= affordable) {
        return upTo(look);
      }
    }
    int most = (int) Math.min(pairs, (affordable - warmUps) / 2) / 2 * 2;
    if (most < Rule.LEAST) {
      throw new Refusal(
          unpaid(budget, launchSeconds),
          "Take the patch out with `rollback`. A higher `measure.budget` or a shorter workload in"
              + " hostperf.yaml holds from the next run on.");
    }
    return new Plan(warmUps, most, 0, 1);
  }

  /// The longest that a launch may take, so that a budget pays for the fewest that can decide.
  public double longest(Duration budget) {
    return Math.nextDown(budget.toMillis() / 1000.0 / (warmUps + 2 * Rule.LEAST));
  }

  /// Why a budget pays for no plan.
  public String unpaid(Duration budget, double launchSeconds) {
    return "The budget of %d s pays for %d launches of %.0f s; the fewest that can decide are %d."
        .formatted(
            budget.toSeconds(),
            (int) (budget.toMillis() / 1000.0 / launchSeconds),
            launchSeconds,
            warmUps + 2 * Rule.LEAST);
  }

  /// Which side a pair launches first: base in odd pairs, candidate in even ones (ABBA).
  public static Side first(int pair) {
    return pair % 2 == 1 ? Side.BASE : Side.CANDIDATE;
  }
}
