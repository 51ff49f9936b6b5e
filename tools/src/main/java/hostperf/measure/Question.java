package hostperf.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a measurement is to answer; fixed before its first launch.
///
/// @param metric the primary one, which decides
/// @param budget the time that all launches together may take
public record Question(Quantity metric, Rule rule, Plan plan, Duration budget) {

  /// Every look the plan allows at these samples: one, or a second where the first was open and
  /// an extension was planned. The last one counts. Empty while the first is not due.
  public List<Judged> looks(List<Sample> samples) {
    List<Pair> pairs = Pairs.of(metric.name(), samples);
    List<Judged> looks = new ArrayList<>();
    if (pairs.size() >= plan.pairs()) {
      looks.add(rule.judge(metric.better(), pairs.subList(0, plan.pairs())));
    }
    boolean isExtended = plan.extension() > 0 && pairs.size() >= plan.pairs() + plan.extension();
    if (isExtended && looks.getFirst().verdict() == Verdict.INCONCLUSIVE) {
      looks.add(rule.judge(metric.better(), pairs));
    }
    return looks;
  }
}
