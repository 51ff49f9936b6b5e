package hostperf.propose.draft;

import hostperf.catalog.EngineLogger;
import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Devices;
import hostperf.source.Loop;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The flagged statement, with the function and file around it.
///
/// What is known of the function's names is looked up once, and shared by all shapes.
public final class Spot {
  private final Sources sources;
  private final PythonFile file;
  private final PythonFunction function;
  private final Node statement;
  private final Names names;
  private final Devices devices;
  private final List<EngineLogger> loggers;

  private Spot(
      Sources sources,
      List<EngineLogger> loggers,
      PythonFile file,
      PythonFunction function,
      Node statement) {
    this.sources = sources;
    this.loggers = loggers;
    this.file = file;
    this.function = function;
    this.statement = statement;
    this.names = function.names();
    this.devices = Devices.of(function);
  }

  /// The statement at a line of a function; none where the line belongs to no function.
  ///
  /// @param sources the checkout, for what the file imports from it
  /// @param loggers that engines have of their own
  public static Optional<Spot> at(
      Sources sources, List<EngineLogger> loggers, PythonFile file, int line) {
    return file.functionAt(line)
        .flatMap(f -> f.statementAt(line).map(s -> new Spot(sources, loggers, file, f, s)));
  }

  /// A function that this one calls, with its whole body for the statement.
  Spot of(PythonFunction called) {
    return new Spot(sources, loggers, called.file(), called, called.body());
  }

  /// The engine's own logger that a name stands for.
  Optional<EngineLogger> logger(String name) {
    var full = file.imports().resolve(name);
    return loggers.stream().filter(l -> l.name().equals(full)).filter(this::hasLevel).findFirst();
  }

  /// Older trees have a logger of the same name that says nothing of its level.
  private boolean hasLevel(EngineLogger logger) {
    return sources
        .module(logger.name().substring(0, logger.name().lastIndexOf('.')))
        .map(f -> f.functions().stream().anyMatch(fn -> fn.name().equals(logger.level())))
        .orElse(true);
  }

  Sources sources() {
    return sources;
  }

  public PythonFile file() {
    return file;
  }

  public PythonFunction function() {
    return function;
  }

  public Node statement() {
    return statement;
  }

  /// The statement's own nodes, in the order of the text: of a compound statement only its header.
  Stream<Node> own() {
    return statement
        .tree(n -> n == statement || !n.is("block", "lambda", "function_definition"))
        .filter(n -> !n.is("block"))
        .filter(n -> !inClause(n));
  }

  /// `elif` and `else` are statements of their own.
  private boolean inClause(Node node) {
    return node.is("elif_clause", "else_clause", "except_clause", "finally_clause")
            && node != statement
        || node.ancestors()
            .takeWhile(a -> a != statement)
            .anyMatch(a -> a.is("elif_clause", "else_clause", "except_clause", "finally_clause"));
  }

  Stream<Call> calls() {
    return own().flatMap(n -> Call.of(n).stream());
  }

  /// The assignment that the statement is, where it is one.
  Optional<Node> assignment() {
    return Syntax.only(statement).filter(n -> n.is("assignment"));
  }

  List<Loop> loops(Node inner) {
    return function.loopsAround(inner);
  }

  /// Which calls can be shown to have no effect.
  PureCalls pure() {
    return new PureCalls(this);
  }

  Names names() {
    return names;
  }

  Devices devices() {
    return devices;
  }

  /// Where a value lives; for an attribute of an object of known class also as that class sets it.
  Origin origin(Node expression) {
    var here = devices.of(expression);
    if (here.device() == Device.GPU || here.device().isHost()) {
      return here;
    }
    return Names.path(expression)
        .flatMap(p -> new Types(this).attribute(p))
        .flatMap(
            said ->
                said.attribute()
                    .value()
                    .flatMap(
                        v -> said.in().file().functionAt(v.line()).map(f -> Devices.of(f).of(v))))
        .filter(o -> o.device() != Device.UNKNOWN)
        .orElse(here);
  }
}
