package hostperf.behaviour;

import hostperf.behaviour.Structure.Items;
import hostperf.behaviour.Structure.Unordered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which items of two sets belong together: those that are the same but for what varies by itself.
record SetItems(Prints left, Prints right) {
  /// Two items that differ.
  record Pair(int a, int b) {}

  /// Of a set and another, or a list that became one. None where they are the same, or where not
  /// every item is known; absent where one side has items that the other lacks.
  Optional<List<Pair>> pairs(Structure one, Structure other) {
    if (!isComplete(one) || !isComplete(other)) {
      return Optional.of(List.of());
    }
    var mine = steady(one, left);
    var theirs = steady(other, right);
    if (!mine.keySet().equals(theirs.keySet())) {
      return Optional.empty();
    }
    var pairs = new ArrayList<Pair>();
    for (long print : mine.keySet()) {
      var ours = mine.getOrDefault(print, List.of());
      var others = theirs.getOrDefault(print, List.of());
      if (ours.size() != others.size()) {
        return Optional.empty();
      }
      pairs.addAll(differing(ours, others));
    }
    return Optional.of(pairs);
  }

  private static boolean isComplete(Structure structure) {
    return switch (structure) {
      case Items i -> i.isComplete();
      case Unordered u -> u.isComplete();
      default -> true;
    };
  }

  private static Map<Long, List<Integer>> steady(Structure structure, Prints of) {
    var parts =
        switch (structure) {
          case Items i -> i.parts();
          case Unordered u -> u.parts();
          default -> List.<Integer>of();
        };
    return parts.stream().distinct().collect(Collectors.groupingBy(of::steady));
  }

  /// @param mine as many as `theirs`
  private List<Pair> differing(List<Integer> mine, List<Integer> theirs) {
    var a = without(mine, left.structures(), theirs, right.structures());
    var b = without(theirs, right.structures(), mine, left.structures());
    var pairs = new ArrayList<Pair>();
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      pairs.add(new Pair(a.get(i), b.get(i)));
    }
    return pairs;
  }

  private static List<Integer> without(
      List<Integer> items, Structures of, List<Integer> others, Structures ofOthers) {
    var prints = others.stream().map(ofOthers::print).collect(Collectors.toSet());
    return items.stream().filter(item -> !prints.contains(of.print(item))).toList();
  }
}
