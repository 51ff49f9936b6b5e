package hostperf.audit;

import hostperf.audit.Finding.Side;
import hostperf.audit.Trait.Asked;
import hostperf.patch.LineMap;
import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What one version of a file has and the other has not.
final class VersionDiff {
  private static final Set<Suspicion> ORDERED = Set.of(Suspicion.TIMING, Suspicion.METRICS);

  private final Map<String, List<Trait>> before;
  private final Map<String, List<Trait>> after;
  private final LineMap map;
  private final IntFunction<String> now;
  private final Predicate<Trait> goneWith;
  private final Set<Integer> removedLines;
  private final Set<Integer> addedLines;
  private final List<Found> found = new ArrayList<>();

  /// @param now the lines of the version after
  /// @param goneWith whether what a trait of the version before was about is gone as well
  VersionDiff(
      List<Trait> before,
      List<Trait> after,
      LineMap map,
      IntFunction<String> now,
      Predicate<Trait> goneWith) {
    this.before = byKey(before);
    this.after = byKey(matched(before, after));
    this.map = map;
    this.now = now;
    this.goneWith = goneWith;
    removedLines = Set.copyOf(map.removed());
    addedLines = Set.copyOf(map.added());
  }

  List<Finding> findings() {
    before.forEach((key, traits) -> removed(traits, after.getOrDefault(key, List.of())));
    after.forEach((key, traits) -> added(before.getOrDefault(key, List.of()), traits));
    return found.stream().filter(f -> !isSaidByOther(f)).map(this::finding).toList();
  }

  /// @param what it does, as the end of "This line …"
  private record Found(Trait trait, Side side, String what) {
    /// Whether both are of the same line, which now stands elsewhere.
    boolean isMoved(Found other) {
      return side != other.side
          && trait.suspicion() == Suspicion.METRICS
          && other.trait.suspicion() == Suspicion.METRICS
          && Hoisted.plain(trait.node()).equals(Hoisted.plain(other.trait.node()));
    }
  }

  private boolean isSaidByOther(Found found) {
    return found.side == Side.REMOVED && this.found.stream().anyMatch(found::isMoved);
  }

  private Finding finding(Found found) {
    var from =
        this.found.stream()
            .filter(f -> found.side == Side.ADDED && found.isMoved(f))
            .map(f -> Snippets.function(f.trait.node()))
            .toList();
    var where =
        from.isEmpty()
            ? ""
            : from.contains(Snippets.function(found.trait.node()))
                ? ", now under other conditions"
                : ", which another function did before";
    var node = found.trait.node();
    return new Finding(
        node.file().path(),
        node.line(),
        found.side,
        found.trait.suspicion(),
        found.what + where,
        node.file().line(node.line()).strip());
  }

  private static Map<String, List<Trait>> byKey(List<Trait> traits) {
    return traits.stream()
        .collect(Collectors.groupingBy(Trait::comparedBy, LinkedHashMap::new, Collectors.toList()));
  }

  /// The traits after; one with a key of its own gets the key of one before that says the same.
  private static List<Trait> matched(List<Trait> before, List<Trait> after) {
    var had = before.stream().map(Trait::comparedBy).collect(Collectors.toSet());
    var has = after.stream().map(Trait::comparedBy).collect(Collectors.toSet());
    var gone =
        before.stream()
            .filter(t -> !has.contains(t.comparedBy()))
            .collect(Collectors.toMap(t -> t.suspicion() + t.alias(), t -> t, (a, _) -> a));
    return after.stream()
        .map(
            t ->
                Optional.ofNullable(gone.get(t.suspicion() + t.alias()))
                    .filter(_ -> !had.contains(t.comparedBy()))
                    .map(t::withKeyOf)
                    .orElse(t))
        .toList();
  }

  private void removed(List<Trait> had, List<Trait> has) {
    if (had.getFirst().isAskedWhenRemoved()) {
      surplus(had, has.size(), removedLines).stream()
          .filter(t -> t.asked() != Asked.WHEN_REMOVED_ALONE || isAlone(t))
          .filter(t -> !goneWith.test(t))
          .forEach(t -> add(t, Side.REMOVED, t.what()));
    }
  }

  /// Whether the change puts nothing in the place of the lines that it takes away here.
  private boolean isAlone(Trait trait) {
    return map.stretches().stream()
        .filter(s -> s.before().contains(trait.node().line()))
        .allMatch(
            s ->
                IntStream.rangeClosed(s.after().first(), s.after().last())
                    .allMatch(l -> now.apply(l).strip().matches("(pass|\\.\\.\\.)?\\s*(#.*)?")));
  }

  private void added(List<Trait> had, List<Trait> has) {
    var first = has.getFirst();
    if (first.asked() == Asked.WHEN_NEW && had.isEmpty()) {
      add(first, Side.ADDED, first.what());
    } else if (first.isAskedWhenAdded()) {
      surplus(has, had.size(), addedLines).forEach(t -> add(t, Side.ADDED, t.what()));
    }
    if (ORDERED.contains(first.suspicion()) && had.size() == has.size()) {
      for (int i = 0; i < has.size(); i++) {
        moved(had.get(i), has.get(i));
      }
    }
  }

  /// Those beyond the number that the other version has, on changed lines where there are such.
  private static List<Trait> surplus(List<Trait> traits, int others, Set<Integer> changed) {
    int count = traits.size() - others;
    if (count <= 0) {
      return List.of();
    }
    var sorted = new ArrayList<Trait>();
    traits.stream().filter(t -> changed.contains(t.node().line())).forEach(sorted::add);
    traits.stream().filter(t -> !changed.contains(t.node().line())).forEach(sorted::add);
    return sorted.subList(0, count);
  }

  /// The same time taken, or the same line printed, with other work done before it.
  private void moved(Trait had, Trait has) {
    var earlierThen = calls(had.node(), true);
    var laterThen = calls(had.node(), false);
    var earlierNow = calls(has.node(), true);
    var laterNow = calls(has.node(), false);
    crosses(earlierThen, laterThen, laterNow, earlierNow)
        .map(s -> has.what() + ", now ahead of " + Snippets.quote(s))
        .or(
            () ->
                crosses(laterThen, earlierThen, earlierNow, laterNow)
                    .map(s -> has.what() + ", now behind " + Snippets.quote(s)))
        .ifPresent(what -> add(has, Side.ADDED, what));
  }

  private static Optional<String> crosses(
      List<String> from, List<String> notFrom, List<String> to, List<String> notTo) {
    return from.stream()
        .filter(s -> !notFrom.contains(s) && to.contains(s) && !notTo.contains(s))
        .findFirst();
  }

  /// Statements of the same function that call something, on one side of a node.
  private static List<String> calls(Node node, boolean earlier) {
    return node.ancestor("function_definition", "module").stream()
        .flatMap(
            f ->
                f.child("body")
                    .orElse(f)
                    .tree(n -> !n.is("function_definition", "class_definition")))
        .filter(Statements::isStatement)
        .filter(s -> earlier ? s.end() <= node.start() : s.start() >= node.end())
        .filter(s -> Statements.own(s).stream().anyMatch(n -> n.is("call")))
        .map(Snippets::own)
        .toList();
  }

  private void add(Trait trait, Side side, String what) {
    found.add(new Found(trait, side, what));
  }
}
