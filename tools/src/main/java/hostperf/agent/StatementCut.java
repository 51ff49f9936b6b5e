package hostperf.agent;

import hostperf.agent.Profiled.FunctionRow;
import hostperf.agent.Profiled.LineRow;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Functions cut down to the room there is: the first statements of all stay, each with its
/// function, and few functions that have none of these.
record StatementCut(List<FunctionRow> functions) {
  private static final int MOST_WITHOUT = 2;

  /// Without samples a function's lines stand in their order, and the first function comes first.
  private static final Comparator<LineRow> BY_SHARE =
      Comparator.comparingDouble((LineRow line) -> line.selfShare().orElse(0.0)).reversed();

  StatementCut to(int most) {
    Set<LineRow> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    functions.stream()
        .flatMap(f -> f.topLines().stream())
        .sorted(BY_SHARE)
        .limit(most)
        .forEach(kept::add);
    var left =
        functions.stream()
            .map(f -> f.with(f.topLines().stream().filter(kept::contains).toList()))
            .toList();
    var others = left.stream().filter(f -> f.topLines().isEmpty()).toList();
    var shown =
        List.of(
            Truncation.first(
                others.stream().filter(f -> !f.takesMuchInAll()).toList(), MOST_WITHOUT),
            Truncation.first(
                others.stream().filter(FunctionRow::takesMuchInAll).toList(), MOST_WITHOUT));
    return new StatementCut(
        left.stream()
            .filter(f -> !f.topLines().isEmpty() || shown.stream().anyMatch(s -> s.contains(f)))
            .toList());
  }

  /// The beginning of a statement is enough to find it by.
  StatementCut withSource(int most) {
    return new StatementCut(
        functions.stream()
            .map(f -> f.with(f.topLines().stream().map(line -> line.withSource(most)).toList()))
            .toList());
  }
}
