package hostperf.verdict;

import java.util.List;

/// Given samples of one comparison: what `compare` judges.
///
/// @param minEffect the least relative change that is worth a verdict, 0.01 is 1%
public record Experiment(Quantity metric, double minEffect, List<Pair> pairs) {
  public Experiment {
    pairs = List.copyOf(pairs);
  }

  /// One look at 95%, no noise floor, no other try: the file is all there is.
  public Judged judged() {
    return Rule.of(minEffect).judge(metric.better(), pairs);
  }
}
