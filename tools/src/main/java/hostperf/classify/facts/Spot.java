package hostperf.classify.facts;

import hostperf.catalog.TargetMap;
import hostperf.lines.LineCost;
import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Device;
import hostperf.source.Devices;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.PythonFunction;
import hostperf.source.Statements;
import hostperf.source.TensorOperations;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// A statement that costs, with all that a rule may ask about it.
///
/// Of a statement over several lines only those parts are looked at that start on a line with
/// cost; of a compound statement only its header.
public final class Spot {
  /// Below this a node is shown whole in evidence.
  private static final int BRIEF = 60;

  /// Reading a name, storing an element or making a view takes a few microseconds at most.
  static final double SLOW_US = 10;

  private final Setting setting;
  private final Node statement;
  private final List<LineCost> costs;
  private final List<Node> nodes;
  private final List<Call> calls;
  private final List<Loop> loops;

  /// What the statements of one function have in common.
  ///
  /// @param hot statements whose time per hit stands out in the function, in the order of the text
  /// @param calls of the function; 0 where the report does not tell
  /// @param hits of each statement that ran
  /// @param lines hits of each line that the report lists; empty where no hits were counted
  public record Setting(
      PythonFunction function,
      Devices devices,
      TargetMap target,
      long calls,
      List<Node> hot,
      Map<Node, Long> hits,
      Map<Integer, Long> lines,
      CheckoutClasses classes,
      Callees callees) {
    public Setting {
      hot = List.copyOf(hot);
      hits = Map.copyOf(hits);
      lines = Map.copyOf(lines);
    }
  }

  public Spot(Setting setting, Node statement, List<LineCost> costs) {
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

  public PythonFunction function() {
    return setting.function();
  }

  Names names() {
    return function().names();
  }

  TargetMap target() {
    return setting.target();
  }

  public Node statement() {
    return statement;
  }

  /// The statement's own nodes that start on a costly line.
  public List<Node> nodes() {
    return nodes;
  }

  public List<Node> nodes(String... kinds) {
    return nodes.stream().filter(n -> n.is(kinds)).toList();
  }

  public List<Call> calls() {
    return calls;
  }

  /// The statement's assignment, where it is one.
  Optional<Node> assignment() {
    return statement.is("expression_statement")
        ? statement.items().stream().filter(n -> n.is("assignment")).findFirst()
        : Optional.empty();
  }

  public Optional<Node> value() {
    return assignment().flatMap(a -> a.child("right"));
  }

  /// What the statement assigns to, where it is an assignment.
  public Optional<Node> assigned() {
    return assignment().flatMap(a -> a.child("left"));
  }

  /// What a name holds where it is used, as far as the function says.
  Optional<Node> bound(Node name) {
    return names().reaching(name.text(), name).flatMap(Names.Binding::value);
  }

  TensorOperations operations() {
    return new TensorOperations(setting.devices());
  }

  Origin origin(Node expression) {
    return setting.devices().of(expression);
  }

  Device device(Node expression) {
    return origin(expression).device();
  }

  /// Loops around the statement, innermost first.
  public List<Loop> loops() {
    return loops;
  }

  /// Loops around a node: those around the statement, and comprehensions within it.
  public List<Loop> loops(Node node) {
    return function().loopsAround(node);
  }

  boolean isInLoop(Node node) {
    return !loops(node).isEmpty();
  }

  Callees callees() {
    return setting.callees();
  }

  /// Whether its time per hit is far above that of comparable lines of the function.
  boolean standsOut() {
    return setting.hot().contains(statement);
  }

  /// Whether a class that the file defines or imports from the checkout has this member in Python;
  /// where the value's class is annotated, that class alone counts.
  boolean isPythons(Node value, String member) {
    return setting.classes().defines(function(), value, member);
  }

  /// Statements of the function whose time per hit stands out.
  List<Node> hot() {
    return setting.hot();
  }

  /// The `for` loop that the statement is the head of.
  public Optional<Loop> headed() {
    return function().loops().stream()
        .filter(l -> l.node() == statement() && l.node().is("for_statement"))
        .findFirst();
  }

  /// Hits of any statement of the function; 0 where it never ran.
  long hitsOf(Node other) {
    return setting.hits().getOrDefault(other, 0L);
  }

  /// Whether a stretch of code is known not to have run: the report lists each of its lines, and
  /// none has a hit. Code of a class or function within runs under another name.
  boolean neverRan(Node code) {
    boolean other =
        code.find("function_definition", "class_definition", "lambda").findAny().isPresent();
    return !other
        && IntStream.rangeClosed(code.line(), code.endLine())
            .filter(l -> isCode(l))
            .allMatch(l -> setting.lines().getOrDefault(l, 1L) == 0);
  }

  private boolean isCode(int line) {
    var text = function().file().line(line).strip();
    return !text.isEmpty() && !text.startsWith("#");
  }

  public long hits() {
    return costs.stream().mapToLong(LineCost::hits).max().orElse(0);
  }

  public double seconds() {
    return costs.stream().mapToDouble(LineCost::seconds).sum();
  }

  double microsPerHit() {
    return hits() == 0 ? 0 : seconds() * 1e6 / hits();
  }

  /// How often its function was called; 0 where the report does not tell.
  long callsOfFunction() {
    return setting.calls();
  }

  /// The one line that costs, else the statement's first: where a profiler shows the statement.
  public int line() {
    return isSpread()
        ? statement.line()
        : costs.stream()
            .reduce((a, b) -> b.seconds() > a.seconds() ? b : a)
            .map(LineCost::line)
            .orElse(statement.line());
  }

  /// What the cost is of: the line, or the statement's own text where several of its lines cost.
  public String source() {
    var text = function().file().line(line()).strip();
    if (!isSpread()) {
      return text;
    }
    var block = statement.children().stream().filter(c -> c.is("block")).findFirst();
    int end = block.map(Node::start).orElse(statement.end());
    return function()
        .file()
        .text()
        .substring(statement.start(), end)
        .strip()
        .replaceAll("\\s*\\n\\s*", " ");
  }

  private boolean isSpread() {
    return costs.stream().filter(c -> c.seconds() > 0).count() > 1;
  }

  Optional<Node> onlyItem() {
    return statement.items().stream().findFirst();
  }

  /// Whether it takes far longer than reading a name, storing an element or making a view.
  boolean isSlow() {
    return standsOut() && microsPerHit() >= SLOW_US;
  }

  String perHit() {
    return String.format(Locale.ROOT, "%.1f µs", microsPerHit());
  }

  /// Whether a use of a name may have run: lines of a function or class defined inside are
  /// another's, so nothing is known of them.
  boolean mayRun(Node use) {
    boolean inside =
        use.ancestor("function_definition", "class_definition", "lambda")
            .filter(f -> f == function().node())
            .isPresent();
    var around = Statements.around(use);
    boolean simple =
        around.children().stream().noneMatch(c -> c.is("block"))
            && !around.is("decorated_definition");
    return !inside || !neverRan(simple ? around : use);
  }

  /// Whether a call runs code of the program: not one of Python's own functions or containers.
  boolean isProgramCall(Call call) {
    return call.receiver().isPresent()
        ? !call.name()
            .matches(
                "append|extend|add|update|get|items|keys|values|pop|join|split|strip|format"
                    + "|setdefault|clear|insert|discard")
        : !call.name()
            .matches(
                "len|int|float|str|bool|isinstance|getattr|hasattr|range|zip|enumerate|min|max|sum"
                    + "|abs|memoryview|super|type|id|list|set|dict|tuple|sorted");
  }

  /// A node's text on one line, in backquotes; of a long call its name.
  public static String quote(Node node) {
    var text = node.text().replaceAll("\\s+", " ");
    var callee = Call.of(node).map(Call::callee).filter(c -> c.length() < BRIEF);
    return text.length() > BRIEF && callee.isPresent()
        ? "`" + callee.get() + "(…)`"
        : "`" + (text.length() <= BRIEF ? text : text.substring(0, BRIEF - 3) + "...") + "`";
  }
}
