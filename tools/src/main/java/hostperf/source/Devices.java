package hostperf.source;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Says where the values of one function live: follows assignments, parameters' annotations,
/// loops, and attributes to where their class sets them.
///
/// What it sees in code wins over what names suggest. It follows at most 12 steps, so that
/// cyclic definitions end.
public final class Devices {
  private static final int MOST_STEPS = 12;

  private final PythonFunction function;
  private final int steps;
  private final Names names;
  private final Map<Node, Origin> known = new HashMap<>();
  private final Set<Node> open = new HashSet<>();

  private Devices(PythonFunction function, int steps) {
    this.function = function;
    this.steps = steps;
    this.names = function.names();
  }

  public static Devices of(PythonFunction function) {
    return new Devices(function, MOST_STEPS);
  }

  public Origin of(Node expression) {
    var found = known.get(expression);
    if (found != null) {
      return found;
    }
    if (open.size() >= steps || !open.add(expression)) {
      return Origin.UNKNOWN;
    }
    var origin = look(expression);
    open.remove(expression);
    if (open.isEmpty()) {
      known.put(expression, origin);
    }
    return origin;
  }

  private Origin look(Node node) {
    return switch (node.kind()) {
      case "list",
          "tuple",
          "set",
          "dictionary",
          "list_comprehension",
          "set_comprehension",
          "dictionary_comprehension",
          "generator_expression",
          "integer",
          "float",
          "string",
          "true",
          "false",
          "none",
          "concatenated_string",
          "lambda" ->
          Origin.seen(Device.PYTHON, "`" + brief(node) + "` is plain Python");
      case "call" -> Call.of(node).map(c -> new CallOrigins(this).of(c)).orElse(Origin.UNKNOWN);
      case "identifier" -> name(node.text(), node);
      case "attribute" -> attribute(node);
      case "subscript" -> subscript(node);
      case "parenthesized_expression", "await", "unary_operator", "not_operator", "list_splat" ->
          node.children().stream()
              .filter(c -> c.field().isEmpty() || c.field().equals("argument"))
              .reduce((_, last) -> last)
              .map(this::of)
              .orElse(Origin.UNKNOWN);
      case "binary_operator" -> joined(node.child("left"), node.child("right"));
      case "boolean_operator" -> either(node);
      case "comparison_operator" -> comparison(node);
      case "conditional_expression" -> conditional(node);
      case "named_expression" -> node.child("value").map(this::of).orElse(Origin.UNKNOWN);
      default -> Origin.UNKNOWN;
    };
  }

  private Origin conditional(Node node) {
    var parts = node.items();
    return parts.size() < 3
        ? Origin.UNKNOWN
        : joined(Optional.of(parts.get(0)), Optional.of(parts.get(2)));
  }

  /// `ids or []` is a list: nobody falls back on Python data from a tensor, which is neither true
  /// nor false.
  private Origin either(Node node) {
    boolean python =
        node.children().stream()
            .filter(c -> !c.field().equals("operator"))
            .map(this::of)
            .anyMatch(o -> o.device() == Device.PYTHON && !o.byName());
    return python ? Origin.UNKNOWN : joined(node.child("right"), node.child("left"));
  }

  private Origin comparison(Node node) {
    var operators = node.all("operators").stream().map(Node::text).toList();
    if (operators.stream().anyMatch(o -> o.contains("in") || o.contains("is"))) {
      return Origin.seen(Device.PYTHON, "`" + brief(node) + "` gives a bool");
    }
    var sides = node.items();
    return joined(sides.stream().findFirst(), sides.stream().skip(1).reduce((_, last) -> last));
  }

  /// Of two operands the one nearer to the accelerator decides: a tensor and a number make a
  /// tensor.
  private Origin joined(Optional<Node> left, Optional<Node> right) {
    var a = left.map(this::of).orElse(Origin.UNKNOWN);
    var b = right.map(this::of).orElse(Origin.UNKNOWN);
    if (!a.isKnown() || !b.isKnown()) {
      var one = a.isKnown() ? a : b;
      return one.device() == Device.PYTHON ? Origin.UNKNOWN : one;
    }
    return a.device().compareTo(b.device()) <= 0 ? a : b;
  }

  /// What a list of tensors is made of, through one name: its items, or the element of a
  /// comprehension; anything else is its own only part.
  List<Node> parts(Node argument) {
    var list =
        argument.is("identifier")
            ? names
                .reaching(argument.text(), argument)
                .flatMap(Names.Binding::value)
                .orElse(argument)
            : argument;
    if (list.is("list", "tuple")) {
      return list.items();
    }
    if (list.is("list_comprehension", "generator_expression")) {
      return list.child("body").map(Devices::bare).map(List::of).orElse(List.of());
    }
    return List.of(argument);
  }

  private static Node bare(Node node) {
    return node.is("parenthesized_expression") ? node.items().getFirst() : node;
  }

  private Origin subscript(Node node) {
    var of = node.child("value").map(this::of).orElse(Origin.UNKNOWN);
    return of.device() == Device.PYTHON ? element(node, of) : of;
  }

  /// What a Python container holds is not known, unless it is a list of tensors by annotation.
  private Origin element(Node subscript, Origin container) {
    var slices = subscript.all("subscript").stream().anyMatch(s -> s.is("slice"));
    boolean sizes = subscript.child("value").filter(v -> v.text().endsWith(".shape")).isPresent();
    return slices || sizes ? container : Origin.UNKNOWN;
  }

  private Origin attribute(Node node) {
    var last = node.child("attribute").map(Node::text).orElse("");
    var object = node.child("object");
    switch (last) {
      case "shape", "ndim", "dtype", "device", "is_cuda", "size", "nbytes", "itemsize" -> {
        return Origin.seen(Device.PYTHON, "`." + last + "` is read on the host");
      }
      case "T", "mT", "data", "real", "values", "indices" -> {
        return object.map(this::of).orElse(Origin.UNKNOWN);
      }
      case "gpu" -> {
        return Origin.named(Device.GPU, "`" + brief(node) + "` is the device side of a buffer");
      }
      case "cpu" -> {
        return Origin.named(Device.PINNED, "`" + brief(node) + "` is the host side of a buffer");
      }
      case "np" -> {
        return Origin.named(Device.NUMPY, "`" + brief(node) + "` is a numpy view of a buffer");
      }
      default -> {}
    }
    var path = Names.path(node);
    if (path.isEmpty()) {
      return NameHabits.of("." + last);
    }
    return name(path.get(), node);
  }

  private Origin name(String path, Node use) {
    var bound = names.reaching(path, use).map(this::bound).orElse(Origin.UNKNOWN);
    if (bound.isKnown() && bound.device() != Device.TENSOR) {
      return bound;
    }
    var set = path.startsWith("self.") ? ofSelf(path.substring(5)) : Origin.UNKNOWN;
    if (set.isKnown() && set.device() != Device.TENSOR) {
      return set;
    }
    var habit = NameHabits.of(path);
    if (habit.isKnown() && habit.device() != Device.TENSOR) {
      return habit;
    }
    var used = UseHints.of(path, names);
    if (used.device() == Device.GPU) {
      return used;
    }
    return Stream.of(bound, set, habit, used)
        .filter(Origin::isKnown)
        .findFirst()
        .orElse(Origin.UNKNOWN);
  }

  private Origin bound(Names.Binding binding) {
    var value = binding.value();
    return switch (binding.kind()) {
      case PARAMETER -> annotated(binding);
      case ASSIGNED -> value.map(this::of).map(o -> at(o, binding)).orElse(Origin.UNKNOWN);
      case LOOP -> value.map(this::element).orElse(Origin.UNKNOWN);
      case UNPACKED, AUGMENTED, WITH, MUTATED -> Origin.UNKNOWN;
    };
  }

  /// Iterating over a tensor gives tensors; over a list, what cannot be told.
  private Origin element(Node iterable) {
    var of = this.of(iterable);
    return of.device() == Device.PYTHON ? Origin.UNKNOWN : of;
  }

  private static Origin at(Origin origin, Names.Binding binding) {
    return origin.byName() || origin.why().contains(" at line ")
        ? origin
        : new Origin(origin.device(), origin.why() + " at line " + binding.line(), false);
  }

  private static Origin annotated(Names.Binding binding) {
    return binding
        .node()
        .child("type")
        .map(t -> ofAnnotation(binding.name(), t.text()))
        .orElse(Origin.UNKNOWN);
  }

  static Origin ofAnnotation(String name, String type) {
    var why = "`" + name + "` is annotated `" + type + "`";
    var bare =
        type.replaceAll("[\"']", "")
            .replaceFirst("^(typing\\.)?Optional\\[(.*)\\]$", "$2")
            .replace("| None", "")
            .strip();
    if (bare.matches("(torch\\.)?(\\w*Tensor|nn\\.Parameter)|jax\\.Array|jnp\\.ndarray")) {
      return Origin.seen(Device.TENSOR, why);
    }
    if (bare.matches("(np|numpy)\\.(ndarray|array).*|npt\\..*|NDArray.*")) {
      return Origin.seen(Device.NUMPY, why);
    }
    return bare.matches("(?i)(int|float|str|bool|bytes|list|dict|set|tuple|sequence|iterable)\\b.*")
        ? Origin.seen(Device.PYTHON, why)
        : Origin.UNKNOWN;
  }

  private Origin ofSelf(String attribute) {
    var owner = function.owner();
    var found = owner.flatMap(c -> c.attribute(attribute));
    if (found.isEmpty()) {
      return Origin.UNKNOWN;
    }
    var value = found.get().value();
    if (value.isPresent() && !function.node().contains(value.get())) {
      var origin = elsewhere(owner.get(), value.get());
      if (origin.isKnown()) {
        return origin;
      }
    }
    return found
        .get()
        .annotation()
        .map(t -> ofAnnotation("self." + attribute, t))
        .orElse(Origin.UNKNOWN);
  }

  private Origin elsewhere(PythonClass owner, Node value) {
    return owner.methods().stream()
        .filter(m -> m.node().contains(value))
        .findFirst()
        .map(m -> at(new Devices(m, steps - 4).of(value), value))
        .orElse(Origin.UNKNOWN);
  }

  private static Origin at(Origin origin, Node value) {
    return origin.byName() || origin.why().contains(" at line ")
        ? origin
        : new Origin(origin.device(), origin.why() + " at line " + value.line(), false);
  }

  static String brief(Node node) {
    var text = node.text().replaceAll("\\s+", " ");
    return text.length() <= 60 ? text : text.substring(0, 57) + "...";
  }
}
