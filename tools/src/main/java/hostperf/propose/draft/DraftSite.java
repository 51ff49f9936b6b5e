package hostperf.propose.draft;

import hostperf.catalog.EngineLogger;
import hostperf.source.Call;
import hostperf.source.Device;
import hostperf.source.Devices;
import hostperf.source.Infallible;
import hostperf.source.Kinds;
import hostperf.source.Loop;
import hostperf.source.Modules;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.Origin;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.SideEffects;
import hostperf.source.Sources;
import hostperf.source.Types;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The flagged statement, with the function and file around it.
///
/// What is known of the function's names is looked up once, and shared by all shapes.
public final class DraftSite {
  private final Sources sources;
  private final PythonFile file;
  private final PythonFunction function;
  private final Node statement;
  private final Names names;
  private final Devices devices;
  private final Types types;
  private final Kinds kinds;
  private final SideEffects effects;
  private final List<EngineLogger> loggers;

  private DraftSite(
      Sources sources, List<EngineLogger> loggers, Types types, PythonFunction function, Node at) {
    this.sources = sources;
    this.loggers = loggers;
    this.types = types;
    this.file = function.file();
    this.function = function;
    this.statement = at;
    this.names = function.names();
    this.devices = Devices.of(function);
    this.kinds = new Kinds(types, function);
    this.effects = new SideEffects(types, function);
  }

  /// The statement at a line of a function; none where the line belongs to no function.
  ///
  /// @param sources the checkout, for what the file imports from it
  /// @param loggers that engines have of their own
  public static Optional<DraftSite> at(
      Sources sources, List<EngineLogger> loggers, PythonFile file, int line) {
    var types = new Types(new Modules(sources), Types.Trust.SURE);
    return file.functionAt(line)
        .flatMap(f -> f.statementAt(line).map(s -> new DraftSite(sources, loggers, types, f, s)));
  }

  /// A function that this one calls, with its whole body for the statement.
  DraftSite of(PythonFunction called) {
    return new DraftSite(sources, loggers, types, called, called.body());
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

  public Stream<Call> calls() {
    return own().flatMap(n -> Call.of(n).stream());
  }

  /// The assignment that the statement is, where it is one.
  public Optional<Node> assignment() {
    return Syntax.only(statement).filter(n -> n.is("assignment"));
  }

  /// The statements of the same block, itself among them.
  public List<Node> siblings() {
    return Syntax.siblings(statement);
  }

  List<Loop> loops(Node inner) {
    return function.loopsAround(inner);
  }

  /// What evaluating its expressions does.
  SideEffects effects() {
    return effects;
  }

  /// Whether evaluating them can fail.
  Infallible infallible() {
    return new Infallible(effects, function);
  }

  Kinds kinds() {
    return kinds;
  }

  Types types() {
    return types;
  }

  /// Whether a name stands for a container that the function makes itself.
  boolean isMadeHere(String name) {
    return function
        .body()
        .find("identifier")
        .filter(n -> n.field().equals("left") && n.text().equals(name))
        .anyMatch(kinds::isMadeHere);
  }

  /// Whether `self.x` is a container that the constructor makes and nothing replaces.
  boolean isMadeByConstructor(String path) {
    return path.matches("self\\.\\w+")
        && function
            .owner()
            .filter(c -> c.isSetOnce(path.substring(5)))
            .flatMap(c -> c.attribute(path.substring(5)))
            .flatMap(a -> a.value())
            .filter(
                v ->
                    v.is("list", "dictionary", "set")
                        || Call.of(v)
                            .filter(
                                c ->
                                    c.callee()
                                        .matches(
                                            "(collections\\.)?(list|dict|set|deque|defaultdict|OrderedDict)"))
                            .isPresent())
            .isPresent();
  }

  Names names() {
    return names;
  }

  public Devices devices() {
    return devices;
  }

  /// Where a value lives; for an attribute of an object of known class also as that class sets it.
  Origin origin(Node expression) {
    var here = devices.of(expression);
    if (here.device() == Device.GPU || here.device().isHost()) {
      return here;
    }
    return types
        .attribute(expression, function)
        .flatMap(
            said ->
                said.attribute()
                    .value()
                    .flatMap(v -> v.file().functionAt(v.line()).map(f -> Devices.of(f).of(v))))
        .filter(o -> o.device() != Device.UNKNOWN)
        .orElse(here);
  }
}
