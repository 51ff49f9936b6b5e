package hostperf.classify;

import static hostperf.classify.HotspotType.DEAD_WORK;
import static hostperf.classify.Spot.quote;

import hostperf.source.Node;
import hostperf.source.Statements;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// DEAD_WORK by the profile: what a line computes is read only where nothing ever ran, or a test
/// costs each time and never opens its body.
final class NeverRanRule implements Rule {
  @Override
  public List<Finding> findings(Spot spot) {
    if (spot.hits() == 0) {
      return List.of();
    }
    return guard(spot).or(() -> unread(spot)).stream().toList();
  }

  /// `if costly(): …` whose body has no hit.
  private static Optional<Finding> guard(Spot spot) {
    var body =
        Optional.of(spot.statement())
            .filter(s -> s.is("if_statement") && s.child("alternative").isEmpty())
            .flatMap(s -> s.child("consequence"))
            .filter(b -> b.items().stream().anyMatch(NeverRanRule::leavesATrace))
            .filter(spot::neverRan);
    return body.map(
        b ->
            Finding.of(
                DEAD_WORK,
                0.55,
                String.format(
                    Locale.ROOT,
                    "The test has %,d hits, but %s below it never ran in this profile",
                    spot.hits(),
                    lines(b))));
  }

  private static String lines(Node block) {
    return block.line() == block.endLine()
        ? "line " + block.line()
        : "lines %d to %d".formatted(block.line(), block.endLine());
  }

  /// A jump alone can be left out of the bytecode, and then its line has no hits although it runs.
  private static boolean leavesATrace(Node statement) {
    return !statement.is("pass_statement", "continue_statement", "break_statement", "comment");
  }

  /// `x = f()` with all reads of `x` in lines without a hit.
  private static Optional<Finding> unread(Spot spot) {
    var target = spot.assigned().filter(l -> l.is("identifier"));
    if (target.isEmpty()) {
      return Optional.empty();
    }
    var reads =
        spot.names().uses(target.get().text()).stream()
            .filter(u -> !spot.statement().contains(u))
            .toList();
    boolean never = !reads.isEmpty() && reads.stream().noneMatch(u -> mayRun(spot, u));
    return never
        ? Optional.of(
            Finding.of(
                DEAD_WORK,
                0.84,
                String.format(
                    Locale.ROOT,
                    "%s is read only at %s, which never ran in this profile; the line has %,d hits",
                    quote(target.get()),
                    places(reads),
                    spot.hits())))
        : Optional.empty();
  }

  private static String places(List<Node> reads) {
    var lines = reads.stream().map(Node::line).distinct().map(String::valueOf).toList();
    return (lines.size() == 1 ? "line " : "lines ") + String.join(", ", lines);
  }

  /// Lines of a function or class defined inside are another's, so nothing is known of them; a
  /// decorator runs where it stands.
  private static boolean mayRun(Spot spot, Node use) {
    boolean inside =
        use.ancestor("function_definition", "class_definition", "lambda")
            .filter(f -> f == spot.function().node())
            .isPresent();
    return !inside || !spot.neverRan(ownLines(use));
  }

  /// The statement without its block; only the use itself of what defines a function or class.
  private static Node ownLines(Node use) {
    var statement = Statements.around(use);
    boolean simple = statement.children().stream().noneMatch(c -> c.is("block"));
    return simple && !statement.is("decorated_definition") ? statement : use;
  }
}
