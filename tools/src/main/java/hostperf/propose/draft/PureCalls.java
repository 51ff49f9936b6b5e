package hostperf.propose.draft;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.Optional;
import java.util.Set;

/// Which calls can be shown to have no effect but their result.
///
/// Known are Python's own functions, and functions of the same file and methods of known classes
/// whose bodies do nothing else; of a method that cannot be resolved the name decides (`get`,
/// `count`), and anything else is not pure.
final class PureCalls {
  private static final int MOST_LEVELS = 3;
  private static final Set<String> BUILTINS =
      Set.of(
          "len",
          "min",
          "max",
          "sum",
          "abs",
          "isinstance",
          "issubclass",
          "getattr",
          "hasattr",
          "type",
          "int",
          "float",
          "bool",
          "str",
          "tuple",
          "frozenset",
          "list",
          "set",
          "dict",
          "sorted",
          "range",
          "enumerate",
          "zip",
          "reversed",
          "any",
          "all",
          "id",
          "repr",
          "hash",
          "round",
          "divmod",
          "callable",
          "chr",
          "ord",
          "math.ceil",
          "math.floor",
          "math.log2",
          "math.sqrt");
  private static final Set<String> READERS =
      Set.of(
          "get",
          "keys",
          "values",
          "items",
          "index",
          "count",
          "startswith",
          "endswith",
          "split",
          "strip",
          "lower",
          "upper",
          "join",
          "format",
          "copy",
          "isdigit",
          "size",
          "dim",
          "numel",
          "element_size",
          "is_contiguous",
          "data_ptr",
          "bit_length",
          "union",
          "intersection",
          "difference",
          "issubset",
          "issuperset",
          "tolist",
          "item");

  private final Spot spot;
  private final int levels;

  PureCalls(Spot spot) {
    this(spot, MOST_LEVELS);
  }

  private PureCalls(Spot spot, int levels) {
    this.spot = spot;
    this.levels = levels;
  }

  /// Whether an expression has no effect: each call in it is pure and it binds nothing.
  boolean isPure(Node expression) {
    return expression.tree().noneMatch(n -> n.is("await", "yield", "named_expression"))
        && PythonFunction.calls(expression).stream().allMatch(this::isPure);
  }

  boolean isPure(Call call) {
    return isBuiltin(call)
        || resolved(call)
            .map(this::hasPureBody)
            .orElseGet(() -> call.receiver().isPresent() && READERS.contains(call.name()));
  }

  static boolean isBuiltin(Call call) {
    return BUILTINS.contains(call.callee());
  }

  static boolean onlyReads(Call call) {
    return READERS.contains(call.name());
  }

  /// The function that is called: one of the same file, or a method of an object whose class is
  /// known.
  Optional<PythonFunction> resolved(Call call) {
    return call.receiver().isPresent()
        ? new Types(spot).method(call)
        : spot.file().functions().stream()
            .filter(f -> f.qualifiedName().equals(call.callee()))
            .findFirst();
  }

  private boolean hasPureBody(PythonFunction called) {
    if (levels == 0 || called.isAsync() || !called.nested().isEmpty()) {
      return false;
    }
    var inside = new PureCalls(spot.of(called), levels - 1);
    return called
            .body()
            .tree()
            .noneMatch(
                n ->
                    n.is(
                        "yield",
                        "await",
                        "global_statement",
                        "nonlocal_statement",
                        "delete_statement"))
        && Names.writtenIn(called.body()).stream().noneMatch(w -> w.contains("."))
        && called.body().find("assignment", "augmented_assignment").allMatch(PureCalls::bindsLocal)
        && PythonFunction.calls(called.body()).stream()
            .allMatch(c -> inside.isPure(c) || growsLocal(c, called));
  }

  private static boolean bindsLocal(Node assignment) {
    return assignment.child("left").filter(l -> l.is("identifier", "pattern_list")).isPresent();
  }

  /// `out.append(x)` on a list that the function made itself.
  private static boolean growsLocal(Call call, PythonFunction called) {
    return call.isNamed("append", "extend", "add")
        && call.receiver()
            .flatMap(Names::path)
            .filter(p -> called.parameter(p).isEmpty() && !p.contains("."))
            .isPresent();
  }
}
