package hostperf.tool;

import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import hostperf.stacks.Shares.CallShare;
import hostperf.stacks.Shares.FunctionShare;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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
    var byOwn =
        spending.stream()
            .filter(f -> spending.indexOf(f) < MOST_BY_OWN || hasLine.test(f))
            .toList();
    var root = Ranking.key(ranking.root().function(), ranking.root().file());
    return new Shown(
        byOwn,
        shares.functions().stream()
            .filter(f -> f.total() >= WORTH_SAYING && !key(f).equals(root) && !byOwn.contains(f))
            .filter(f -> !passesOn(f, shares))
            .sorted(Comparator.comparingDouble(FunctionShare::total).reversed())
            .limit(MOST_BY_TOTAL)
            .toList());
  }

  private static boolean passesOn(FunctionShare function, Shares shares) {
    return shares.calls().stream()
        .filter(c -> Ranking.key(c.from().function(), c.from().file()).equals(key(function)))
        .collect(
            Collectors.groupingBy(
                c -> Ranking.key(c.function(), c.file()),
                Collectors.summingDouble(CallShare::total)))
        .values()
        .stream()
        .anyMatch(total -> total >= PASSED_ON * function.total());
  }

  private static String key(FunctionShare function) {
    return Ranking.key(function.function(), function.file());
  }
}
