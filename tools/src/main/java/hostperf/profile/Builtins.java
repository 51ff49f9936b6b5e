package hostperf.profile;

import hostperf.source.Call;
import hostperf.source.PythonFunction;
import java.util.Set;

/// Python's own functions and methods, which have no lines to look into.
final class Builtins {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "abs",
          "all",
          "any",
          "bool",
          "bytes",
          "bytearray",
          "callable",
          "chr",
          "classmethod",
          "delattr",
          "dict",
          "dir",
          "divmod",
          "enumerate",
          "filter",
          "float",
          "format",
          "frozenset",
          "getattr",
          "globals",
          "hasattr",
          "hash",
          "hex",
          "id",
          "int",
          "isinstance",
          "issubclass",
          "iter",
          "len",
          "list",
          "locals",
          "map",
          "max",
          "memoryview",
          "min",
          "next",
          "object",
          "open",
          "ord",
          "pow",
          "print",
          "property",
          "range",
          "repr",
          "reversed",
          "round",
          "set",
          "setattr",
          "slice",
          "sorted",
          "staticmethod",
          "str",
          "sum",
          "super",
          "tuple",
          "type",
          "vars",
          "zip");

  private static final Set<String> METHODS =
      Set.of(
          "append",
          "appendleft",
          "clear",
          "copy",
          "count",
          "discard",
          "endswith",
          "extend",
          "extendleft",
          "format",
          "index",
          "insert",
          "items",
          "join",
          "keys",
          "lower",
          "pop",
          "popitem",
          "popleft",
          "remove",
          "replace",
          "reverse",
          "setdefault",
          "sort",
          "split",
          "startswith",
          "strip",
          "to_bytes",
          "tobytes",
          "tolist",
          "upper",
          "values");

  private Builtins() {}

  /// A bare name that the file does not take, or a method of Python's containers and texts that no
  /// class of the file has.
  static boolean isOne(Call call, PythonFunction in) {
    if (call.receiver().isPresent()) {
      return METHODS.contains(call.name())
          && in.file().functions().stream().noneMatch(f -> f.name().equals(call.name()));
    }
    return FUNCTIONS.contains(call.name()) && in.names().bindings(call.name()).isEmpty();
  }
}
