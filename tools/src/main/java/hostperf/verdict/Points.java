package hostperf.verdict;

import hostperf.metric.Better;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The verdict on each point that a workload is measured at, and the one on all of them: a patch is
/// an improvement if it is one at a point at least and makes none worse.
///
/// The points are one family (Holm): with k of them, the chance that any is called better or worse
/// where nothing changed is that of a single measurement.
///
/// @param each by the point's name, in the order of the configuration
public record Points(SequencedMap<String, Judged> each, Better better) {
  public Points {
    each = new LinkedHashMap<>(each);
  }

  /// @param later the rule of a further look, by which it is told how far that one is
  /// @param shifts of the deciding metric, by point
  public static Points judge(
      Rule rule, Rule later, Better better, SequencedMap<String, Shift> shifts) {
    var byP =
        shifts.entrySet().stream()
            .sorted(Comparator.comparingDouble(e -> e.getValue().p()))
            .toList();
    Map<String, Judged> judged = new LinkedHashMap<>();
    int steps = 0;
    boolean holds = true;
    for (var point : byP) {
      int among = shifts.size() - steps;
      double alpha = rule.alpha() / among;
      var one =
          rule.at(alpha, rule.floor())
              .judge(point.getValue(), later.at(later.alpha() / among, later.floor()));
      judged.put(point.getKey(), one);
      // Holm stops at the first that does not pass: the rest is judged as strictly as that one.
      holds = holds && one.p() <= alpha;
      steps += holds ? 1 : 0;
    }
    var each = new LinkedHashMap<String, Judged>();
    for (String point : shifts.keySet()) {
      Optional.ofNullable(judged.get(point)).ifPresent(one -> each.put(point, one));
    }
    return new Points(each, better);
  }

  /// Over all points, with the numbers of the one that decided.
  public Judged whole() {
    var decided = deciding();
    var judged = decided.getValue();
    var others =
        each.entrySet().stream()
            .filter(e -> !e.getKey().equals(decided.getKey()))
            .map(
                e ->
                    "%s %s (%s)"
                        .formatted(
                            e.getKey(),
                            e.getValue().verdict().word(),
                            Percent.signed(better.signed(e.getValue().estimate()))))
            .collect(Collectors.joining(", "));
    return new Judged(
        verdict(),
        judged.estimate(),
        judged.interval(),
        judged.pairs(),
        Math.min(1, judged.p() * each.size()),
        judged.furtherPairs(),
        "At %s: %s%s"
            .formatted(
                decided.getKey(),
                judged.reason(),
                others.isEmpty() ? "" : " Other points: " + others + "."));
  }

  private Verdict verdict() {
    if (has(Verdict.REGRESSED)) {
      return Verdict.REGRESSED;
    }
    if (has(Verdict.IMPROVED)) {
      return Verdict.IMPROVED;
    }
    return each.values().stream().allMatch(j -> j.verdict() == Verdict.UNCHANGED)
        ? Verdict.UNCHANGED
        : Verdict.INCONCLUSIVE;
  }

  private boolean has(Verdict verdict) {
    return each.values().stream().anyMatch(j -> j.verdict() == verdict);
  }

  /// The worst of those that got worse, else the best of those that got better, else the one
  /// that is nearest to a verdict.
  private Map.Entry<String, Judged> deciding() {
    Comparator<Map.Entry<String, Judged>> byEstimate =
        Comparator.comparingDouble(e -> e.getValue().estimate());
    Comparator<Map.Entry<String, Judged>> byP = Comparator.comparingDouble(e -> e.getValue().p());
    return switch (verdict()) {
      case REGRESSED -> with(Verdict.REGRESSED).stream().min(byEstimate).orElseThrow();
      case IMPROVED -> with(Verdict.IMPROVED).stream().max(byEstimate).orElseThrow();
      case UNCHANGED, INCONCLUSIVE -> each.entrySet().stream().min(byP).orElseThrow();
    };
  }

  private List<Map.Entry<String, Judged>> with(Verdict verdict) {
    return each.entrySet().stream().filter(e -> e.getValue().verdict() == verdict).toList();
  }
}
