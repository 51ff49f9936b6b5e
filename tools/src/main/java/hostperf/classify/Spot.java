package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.profile.LineCost;
import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Devices;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.PythonFunction;
import hostperf.source.Statements;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A statement that costs, with all that a rule may ask about it.
///
/// Of a statement over several lines only those parts are looked at that start on a line with
/// cost; of a compound statement only its header.
final class Spot {
  /// Below this a node is shown whole in evidence.
  private static final int BRIEF = 60;

  private final Setting setting;
  private final Node statement;
  private final List<LineCost> costs;
  private final List<Node> nodes;
  private final List<Call> calls;
  private final List<Loop> loops;

  /// What the statements of one function have in common.
  ///
  /// @param hot statements whose time per hit stands out in the function, in the order of the text
  /// @param hits of each statement that ran
  record Setting(
      PythonFunction function,
      Devices devices,
      TargetMap target,
      long calls,
      List<Node> hot,
      Map<Node, Long> hits) {
    Setting {
      hot = List.copyOf(hot);
      hits = Map.copyOf(hits);
    }
  }

  Spot(Setting setting, Node statement, List<LineCost> costs) {
    this.setting = setting;
    this.statement = statement;
    this.costs = List.copyOf(costs);
    var own = Statements.own(statement);
    var costly = own.stream().filter(this::isOnCostlyLine).toList();
    this.nodes = costly.stream().anyMatch(Spot::works) ? costly : own;
    this.calls = nodes.stream().flatMap(n -> Call.of(n).stream()).toList();
    this.loops = setting.function().loopsAround(statement);
  }

  /// A profiler may book a whole expression to a line that only opens its bracket.
  private static boolean works(Node node) {
    return node.is("call", "subscript", "binary_operator", "augmented_assignment")
        || node.is("comparison_operator", "interpolation", "raise_statement")
        || (node.is("attribute") && !node.field().equals("left"));
  }

  private boolean isOnCostlyLine(Node node) {
    double most = costs.stream().mapToDouble(LineCost::seconds).max().orElse(0);
    return costs.stream()
        .filter(c -> c.seconds() >= most / 10)
        .anyMatch(c -> c.line() == node.line() || c.line() == calledAt(node));
  }

  /// The interpreter books a call to the line where it starts, a method's to that of its name.
  private static int calledAt(Node node) {
    return node.is("call")
        ? node.child("function")
            .flatMap(f -> f.child("attribute"))
            .map(Node::line)
            .orElse(node.line())
        : node.line();
  }

  PythonFunction function() {
    return setting.function();
  }

  Names names() {
    return function().names();
  }

  TargetMap target() {
    return setting.target();
  }

  Node statement() {
    return statement;
  }

  /// The statement's own nodes that start on a costly line.
  List<Node> nodes() {
    return nodes;
  }

  List<Node> nodes(String... kinds) {
    return nodes.stream().filter(n -> n.is(kinds)).toList();
  }

  List<Call> calls() {
    return calls;
  }

  /// The statement's assignment, where it is one.
  Optional<Node> assignment() {
    return statement.is("expression_statement")
        ? statement.items().stream().filter(n -> n.is("assignment")).findFirst()
        : Optional.empty();
  }

  Optional<Node> value() {
    return assignment().flatMap(a -> a.child("right"));
  }

  /// What the statement assigns to, where it is an assignment.
  Optional<Node> assigned() {
    return assignment().flatMap(a -> a.child("left"));
  }

  /// What a name holds where it is used, as far as the function says.
  Optional<Node> bound(Node name) {
    return names().reaching(name.text(), name).flatMap(Names.Binding::value);
  }

  Origin origin(Node expression) {
    return setting.devices().of(expression);
  }

  Device device(Node expression) {
    return origin(expression).device();
  }

  /// Loops around the statement, innermost first.
  List<Loop> loops() {
    return loops;
  }

  /// Loops around a node: those around the statement, and comprehensions within it.
  List<Loop> loops(Node node) {
    return function().loopsAround(node);
  }

  boolean isInLoop(Node node) {
    return !loops(node).isEmpty();
  }

  /// Whether its time per hit is far above that of comparable lines of the function.
  boolean standsOut() {
    return setting.hot().contains(statement);
  }

  /// Statements of the function whose time per hit stands out.
  List<Node> hot() {
    return setting.hot();
  }

  /// The `for` loop that the statement is the head of.
  Optional<Loop> headed() {
    return function().loops().stream()
        .filter(l -> l.node() == statement() && l.node().is("for_statement"))
        .findFirst();
  }

  /// Hits of any statement of the function; 0 where it never ran.
  long hitsOf(Node other) {
    return setting.hits().getOrDefault(other, 0L);
  }

  /// Whether any statement of a block ran.
  boolean ran(Node block) {
    return setting.hits().keySet().stream().anyMatch(block::contains);
  }

  long hits() {
    return costs.stream().mapToLong(LineCost::hits).max().orElse(0);
  }

  double seconds() {
    return costs.stream().mapToDouble(LineCost::seconds).sum();
  }

  double microsPerHit() {
    return hits() == 0 ? 0 : seconds() * 1e6 / hits();
  }

  /// How often it runs per call of its function, 1 at least.
  long hitsPerCall() {
    return Math.max(1, Math.round((double) hits() / Math.max(1, setting.calls())));
  }

  /// The costliest line: where a profiler shows the statement.
  int line() {
    return costs.stream()
        .reduce((a, b) -> b.seconds() > a.seconds() ? b : a)
        .map(LineCost::line)
        .orElse(statement.line());
  }

  /// "runs 64 times per call", or "runs once per call".
  String rate() {
    long n = hitsPerCall();
    return n == 1 ? "runs once per call" : "runs " + n + " times per call";
  }

  /// A node's text on one line, in backquotes.
  static String quote(Node node) {
    var text = node.text().replaceAll("\\s+", " ");
    return "`" + (text.length() <= BRIEF ? text : text.substring(0, BRIEF - 3) + "...") + "`";
  }
}
