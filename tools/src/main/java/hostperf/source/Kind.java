package hostperf.source;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Python's own types, and tensors and arrays.
public enum Kind {
  DICT,
  /// A dict that makes what it lacks when it is looked up.
  DEFAULTING,
  LIST,
  TUPLE,
  /// A list, a tuple or another sequence, perhaps a text.
  SEQUENCE,
  DEQUE,
  SET,
  TEXT,
  NUMBER,
  TENSOR;

  private static final Map<String, Kind> BY_TYPE =
      Map.ofEntries(
          Map.entry("dict", DICT),
          Map.entry("mapping", DICT),
          Map.entry("ordereddict", DICT),
          Map.entry("defaultdict", DEFAULTING),
          Map.entry("counter", DICT),
          Map.entry("list", LIST),
          Map.entry("sequence", SEQUENCE),
          Map.entry("deque", DEQUE),
          Map.entry("tuple", TUPLE),
          Map.entry("range", TUPLE),
          Map.entry("set", SET),
          Map.entry("frozenset", SET),
          Map.entry("str", TEXT),
          Map.entry("bytes", TEXT),
          Map.entry("int", NUMBER),
          Map.entry("float", NUMBER),
          Map.entry("bool", NUMBER),
          Map.entry("tensor", TENSOR),
          Map.entry("ndarray", TENSOR));

  /// What these functions make is given by their name, as long as nobody has taken it.
  private static final Map<String, Kind> MADE_BY =
      Map.ofEntries(
          Map.entry("dict", DICT),
          Map.entry("collections.OrderedDict", DICT),
          Map.entry("collections.defaultdict", DEFAULTING),
          Map.entry("collections.Counter", DICT),
          Map.entry("list", LIST),
          Map.entry("sorted", LIST),
          Map.entry("collections.deque", DEQUE),
          Map.entry("tuple", TUPLE),
          Map.entry("range", TUPLE),
          Map.entry("set", SET),
          Map.entry("frozenset", SET),
          Map.entry("str", TEXT),
          Map.entry("repr", TEXT),
          Map.entry("array.array", LIST),
          Map.entry("len", NUMBER),
          Map.entry("int", NUMBER),
          Map.entry("float", NUMBER));

  /// The kind that a type as written names; none for a union, an iterator or a class.
  static Optional<Kind> ofType(String written) {
    var type =
        written
            .replaceAll("[\"' ]|\\|None\\b|\\bNone\\|", "")
            .replaceFirst("^(typing\\.)?(Optional|Final|ClassVar)\\[(.*)]$", "$3");
    var name = type.replaceFirst("(?s)\\[.*", "");
    return name.contains("|")
        ? Optional.empty()
        : Optional.ofNullable(
            BY_TYPE.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)));
  }

  /// The kind of what a function makes, by its full name; none for any other function.
  static Optional<Kind> madeBy(String function) {
    return Optional.ofNullable(MADE_BY.get(function));
  }
}
