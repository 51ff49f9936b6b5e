package hostperf.tool;

import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The functions that an answer shows: those with most time of their own, then those that take much
/// with what they call. What only leads to one other function is none of these.
record Shown(List<FunctionShare> byOwn, List<FunctionShare> byTotal) {
  private static final int MOST_BY_OWN = 5;
  private static final int MOST_BY_TOTAL = 3;

  /// A function leads only to another one where that takes this part of its time at least.
  private static final double PASSED_ON = 0.9;

  /// Less is not worth a row.
  private static final double WORTH_SAYING = 0.01;

  Shown {
    byOwn = List.copyOf(byOwn);
    byTotal = List.copyOf(byTotal);
  }

  /// @param hasLine whether one of the lines that are shown is the function's
  static Shown of(Ranking ranking, Predicate<FunctionShare> hasLine) {
    var shares = ranking.own();
    var spending = shares.functions().stream().filter(f -> f.own() > 0).toList();
    var most = spending.subList(0, Math.min(MOST_BY_OWN, spending.size()));
    var others = spending.subList(most.size(), spending.size()).stream().filter(hasLine);
    var byOwn = Stream.concat(most.stream(), others).toList();
    var passing = passing(shares);
    var root = Ranking.key(ranking.root().function(), ranking.root().file());
    return new Shown(
        byOwn,
        shares.functions().stream()
            .filter(f -> f.total() >= WORTH_SAYING && !key(f).equals(root) && !byOwn.contains(f))
            .filter(f -> passing.getOrDefault(key(f), 0.0) < PASSED_ON * f.total())
            .sorted(Comparator.comparingDouble(FunctionShare::total).reversed())
            .limit(MOST_BY_TOTAL)
            .toList());
  }

  /// What each function spends in the one that it calls for most of the time.
  private static Map<String, Double> passing(Shares shares) {
    var toEach =
        shares.calls().stream()
            .collect(
                Collectors.groupingBy(
                    c -> Ranking.key(c.from().function(), c.from().file()),
                    Collectors.groupingBy(
                        c -> Ranking.key(c.function(), c.file()),
                        Collectors.summingDouble(CallShare::total))));
    return toEach.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> Collections.max(e.getValue().values())));
  }

  private static String key(FunctionShare function) {
    return Ranking.key(function.function(), function.file());
  }
}
