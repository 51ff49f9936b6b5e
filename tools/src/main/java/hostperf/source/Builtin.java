package hostperf.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// What is known of Python's own functions, and of the methods of its types.
final class Builtin {
  /// They ask nothing of their argument that it could answer with code of its own.
  static final Set<String> PLAIN =
      Set.of("isinstance", "issubclass", "type", "id", "callable", "range", "slice", "object");

  /// They ask their argument for a number, a length or a text.
  static final Set<String> ASKING =
      Set.of(
          "len",
          "abs",
          "int",
          "float",
          "bool",
          "str",
          "repr",
          "hash",
          "round",
          "divmod",
          "chr",
          "ord",
          "bytes",
          "math.ceil",
          "math.floor",
          "math.log2",
          "math.sqrt",
          "math.prod");

  /// They go over their argument.
  static final Set<String> ITERATING =
      Set.of(
          "min",
          "max",
          "sum",
          "tuple",
          "frozenset",
          "list",
          "set",
          "dict",
          "sorted",
          "enumerate",
          "zip",
          "reversed",
          "any",
          "all",
          "map");

  /// What they do is what they are called for.
  static final Set<String> ACTING =
      Set.of("print", "open", "input", "next", "setattr", "delattr", "exec", "eval", "__import__");

  private static final Set<String> OF_SEQUENCE = Set.of("index", "count");

  private static final Set<String> OF_TEXT =
      Set.of(
          "startswith",
          "endswith",
          "split",
          "strip",
          "lstrip",
          "rstrip",
          "lower",
          "upper",
          "join",
          "replace",
          "find",
          "rfind",
          "count",
          "index",
          "isdigit",
          "encode",
          "decode",
          "partition",
          "splitlines",
          "format",
          "title",
          "zfill");

  private static final Set<String> OF_TENSOR =
      Set.of(
          "size",
          "dim",
          "numel",
          "element_size",
          "is_contiguous",
          "data_ptr",
          "stride",
          "item",
          "tolist",
          "view",
          "reshape",
          "sum",
          "max",
          "min",
          "any",
          "all",
          "cpu",
          "to",
          "flatten");

  private static final Set<String> OF_SET =
      Set.of("copy", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint");

  private static final Map<Kind, Set<String>> READERS =
      new EnumMap<>(
          Map.of(
              Kind.DICT,
              Set.of("get", "keys", "values", "items", "copy"),
              Kind.DEFAULTING,
              Set.of("get", "keys", "values", "items", "copy"),
              Kind.LIST,
              Set.of("index", "count", "copy", "tolist"),
              Kind.TUPLE,
              OF_SEQUENCE,
              Kind.SEQUENCE,
              OF_SEQUENCE,
              Kind.DEQUE,
              Set.of("index", "count", "copy"),
              Kind.SET,
              OF_SET,
              Kind.TEXT,
              OF_TEXT,
              Kind.NUMBER,
              Set.of("bit_length", "to_bytes"),
              Kind.TENSOR,
              OF_TENSOR));

  /// Methods that go over what they are given.
  static final Set<String> GOING_OVER =
      Set.of("join", "union", "intersection", "difference", "issubset", "issuperset", "isdisjoint");

  /// Constructors of tensors and arrays.
  static final String MAKERS =
      "(torch|numpy)\\.(tensor|zeros|ones|empty|full|arange|array|as_tensor|stack|cat)";

  private Builtin() {}

  static boolean reads(Kind kind, String method) {
    return READERS.getOrDefault(kind, Set.of()).contains(method);
  }

  static boolean isFunction(String name) {
    return PLAIN.contains(name)
        || ASKING.contains(name)
        || ITERATING.contains(name)
        || ACTING.contains(name);
  }
}
