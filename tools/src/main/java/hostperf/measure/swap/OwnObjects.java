package hostperf.measure.swap;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Names.Kind;
import hostperf.source.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// Objects that a call of a function makes itself, which nobody else has yet: what it does to them
/// ends with it, unless it hands them out.
///
/// What a new container holds can be older than it: `list(self.rows)` is new, its items are not. So
/// each question has a depth: 0 is the object that an expression gives, 1 what its items are.
final class OwnObjects {
  /// New containers of what they are given.
  private static final Set<String> CONTAINERS =
      Set.of(
          "list",
          "dict",
          "set",
          "tuple",
          "sorted",
          "reversed",
          "islice",
          "iter",
          "OrderedDict",
          "Counter",
          "deque",
          "copy");

  /// New through and through: an item is a part of it, or a copy.
  private static final Set<String> WHOLLY_NEW =
      Set.of("deepcopy", "bytearray", "empty", "zeros", "ones", "full", "tensor", "range");

  private static final Set<String> PUTS_ONE =
      Set.of("append", "appendleft", "add", "insert", "setdefault");

  private static final Set<String> PUTS_MANY = Set.of("extend", "extendleft", "update");

  private record Asked(Node of, int depth) {}

  /// What a function that is called gives.
  interface Results {
    boolean areOwn(Call call, int depth);
  }

  private final Names names;
  private final Set<String> outside;
  private final Results results;
  private final Map<String, IntPredicate> given;

  /// Answers so far; one that is being looked for counts as no.
  private final Map<Asked, Boolean> answers = new HashMap<>();

  /// @param outside names that the function declares `global` or `nonlocal`
  /// @param given for parameters, to which depths the caller has made what it passes
  OwnObjects(Names names, Set<String> outside, Map<String, IntPredicate> given, Results results) {
    this.names = names;
    this.outside = Set.copyOf(outside);
    this.given = Map.copyOf(given);
    this.results = results;
  }

  boolean isOwn(Node object) {
    return isOwn(object, 0);
  }

  boolean isOwn(Node value, int depth) {
    var asked = new Asked(value, depth);
    var known = answers.putIfAbsent(asked, false);
    if (known != null) {
      return known;
    }
    boolean isOwn = found(value, depth);
    answers.put(asked, isOwn);
    return isOwn;
  }

  private boolean found(Node value, int depth) {
    return switch (value.kind()) {
      case "identifier" -> named(value, depth);
      case "string", "concatenated_string", "integer", "float", "true", "false", "none" -> true;
      case "list", "set", "tuple", "expression_list", "dictionary" ->
          depth == 0 || value.items().stream().allMatch(item -> isOwnItem(item, depth));
      case "list_comprehension", "set_comprehension", "generator_expression" ->
          depth == 0 || value.child("body").filter(b -> isOwn(b, depth - 1)).isPresent();
      case "dictionary_comprehension" ->
          depth == 0 || value.child("body").filter(b -> isOwnItem(b, depth)).isPresent();
      case "parenthesized_expression" -> isOwn(value.bare(), depth);
      case "assignment" -> value.child("right").filter(r -> isOwn(r, depth)).isPresent();
      case "named_expression" -> value.child("value").filter(v -> isOwn(v, depth)).isPresent();
      case "conditional_expression" ->
          isOwn(value.items().getFirst(), depth) && isOwn(value.items().getLast(), depth);
      case "boolean_operator" -> isOwnOnBothSides(value, depth);
      case "binary_operator" -> depth == 0 || !joins(value) || isOwnOnBothSides(value, depth);
      case "subscript" -> isOwnSubscript(value, depth);
      case "call" -> Call.of(value).filter(c -> called(c, depth)).isPresent();
      default -> false;
    };
  }

  /// `+` and `*` of containers hold what these held.
  private static boolean joins(Node operation) {
    return operation
        .child("operator")
        .filter(o -> o.text().equals("+") || o.text().equals("*") || o.text().equals("|"))
        .isPresent();
  }

  private boolean isOwnOnBothSides(Node operation, int depth) {
    return Stream.of("left", "right")
        .allMatch(side -> operation.child(side).filter(o -> isOwn(o, depth)).isPresent());
  }

  private boolean isOwnItem(Node item, int depth) {
    return switch (item.kind()) {
      case "pair" -> item.child("value").filter(v -> isOwn(v, depth - 1)).isPresent();
      case "list_splat", "dictionary_splat" -> isOwn(item.items().getFirst(), depth);
      default -> isOwn(item, depth - 1);
    };
  }

  private boolean isOwnSubscript(Node value, int depth) {
    boolean isSlice = value.all("subscript").stream().anyMatch(s -> s.is("slice"));
    return value
        .child("value")
        .filter(of -> isSlice && depth == 0 || isOwn(of, isSlice ? depth : depth + 1))
        .isPresent();
  }

  private boolean called(Call call, int depth) {
    var name = call.name();
    if (WHOLLY_NEW.contains(name)) {
      return true;
    }
    var receiver = call.receiver();
    if (receiver.isPresent() && Set.of("get", "pop", "popleft", "setdefault").contains(name)) {
      return isOwn(receiver.get(), depth + 1)
          && call.argument(1).filter(otherwise -> !isOwn(otherwise, depth)).isEmpty();
    }
    if (receiver.isPresent() && name.equals("values")) {
      return isOwn(receiver.get(), depth);
    }
    if (name.equals("defaultdict")) {
      return depth == 0 || call.argument(0).filter(f -> makes(f, depth - 1)).isPresent();
    }
    if (!CONTAINERS.contains(name)) {
      return depth == 0 && (isClass(name) || name.equals("zip") || name.equals("enumerate"))
          || results.areOwn(call, depth);
    }
    return depth == 0 || arguments(call).allMatch(held -> isOwnHeld(held, depth));
  }

  /// What a call of a container's class gets: `dict(a=[])` holds what it is given by name.
  private static Stream<Node> arguments(Call call) {
    var named =
        call.node().child("arguments").filter(a -> a.is("argument_list")).stream()
            .flatMap(a -> a.items().stream())
            .filter(a -> a.is("keyword_argument"));
    return call.positional().isEmpty() && call.name().equals("copy")
        ? call.receiver().stream()
        : Stream.concat(call.positional().stream(), named);
  }

  private boolean isOwnHeld(Node held, int depth) {
    return held.is("keyword_argument")
        ? Stream.of("key", "reverse", "maxlen").anyMatch(n -> held.text().startsWith(n + "="))
            || held.child("value").filter(v -> isOwn(v, depth - 1)).isPresent()
        : isOwn(held.is("list_splat") ? held.items().getFirst() : held, depth);
  }

  /// What a factory makes.
  private boolean makes(Node factory, int depth) {
    return factory.is("identifier")
        ? CONTAINERS.contains(factory.text())
            || Set.of("int", "float", "str", "bool").contains(factory.text())
            || depth == 0 && isClass(factory.text())
        : factory.is("lambda") && factory.child("body").filter(b -> isOwn(b, depth)).isPresent();
  }

  private static boolean isClass(String name) {
    return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
  }

  private boolean named(Node use, int depth) {
    var name = use.text();
    var binding = ofComprehension(name, use).or(() -> names.reaching(name, use));
    if (binding.isEmpty() || outside.contains(name)) {
      return false;
    }
    var at = binding.get();
    return at.kind() == Kind.PARAMETER
        ? given.getOrDefault(name, _ -> false).test(depth) && putsOnlyOwn(name, depth)
        : isOwn(at, depth) && putsOnlyOwn(name, depth);
  }

  /// The clause of a comprehension around a use that binds its name.
  private Optional<Binding> ofComprehension(String name, Node use) {
    return names.bindings(name).stream()
        .filter(b -> b.node().is("for_in_clause"))
        .filter(b -> b.node().parent().filter(p -> p.contains(use)).isPresent())
        .filter(b -> b.node().child("right").filter(r -> r.contains(use)).isEmpty())
        .findFirst();
  }

  private boolean isOwn(Binding binding, int depth) {
    var value = binding.value();
    if (value.isEmpty()) {
      return false;
    }
    var places =
        binding
            .node()
            .child("left")
            .flatMap(left -> places(left, binding.name()))
            .orElse(List.of());
    return switch (binding.kind()) {
      case ASSIGNED -> isOwn(value.get(), depth);
      case UNPACKED -> isOwnPart(value.get(), places, depth);
      case LOOP -> isOwnTurn(value.get(), places, depth);
      case PARAMETER, AUGMENTED, WITH, MUTATED -> false;
    };
  }

  /// Where a name stands in a pattern: 1 and 0 for `b` of `a, (b, c)`.
  private static Optional<List<Integer>> places(Node pattern, String name) {
    if (Names.path(pattern).filter(name::equals).isPresent()) {
      return Optional.of(List.of());
    }
    if (!pattern.is("pattern_list", "tuple_pattern", "list_pattern")) {
      return Optional.empty();
    }
    for (int i = 0; i < pattern.items().size(); i++) {
      int place = i;
      var below = places(pattern.items().get(i), name);
      if (below.isPresent()) {
        return below.map(rest -> Stream.concat(Stream.of(place), rest.stream()).toList());
      }
    }
    return Optional.empty();
  }

  private boolean isOwnPart(Node value, List<Integer> places, int depth) {
    boolean isShown =
        value.is("tuple", "list", "expression_list")
            && value.items().stream().noneMatch(i -> i.is("list_splat"));
    return !places.isEmpty() && isShown && places.getFirst() < value.items().size()
        ? isOwnPart(value.items().get(places.getFirst()), rest(places), depth)
        : isOwn(value, depth + places.size());
  }

  /// What a turn of a loop over something gets.
  private boolean isOwnTurn(Node over, List<Integer> places, int depth) {
    var call = Call.of(over);
    var name = call.map(Call::name).orElse("");
    int first = places.isEmpty() ? -1 : places.getFirst();
    return switch (name) {
      case "zip" ->
          first >= 0
              && call.flatMap(c -> c.argument(first))
                  .filter(of -> isOwnTurn(of, rest(places), depth))
                  .isPresent();
      case "enumerate" ->
          first == 0
              || first == 1
                  && call.flatMap(c -> c.argument(0))
                      .filter(of -> isOwnTurn(of, rest(places), depth))
                      .isPresent();
      case "items" ->
          first == 1
              && call.flatMap(Call::receiver)
                  .filter(of -> isOwn(of, depth + places.size()))
                  .isPresent();
      default -> isOwn(over, depth + 1 + places.size());
    };
  }

  private static List<Integer> rest(List<Integer> places) {
    return places.subList(1, places.size());
  }

  /// Whether all that the function puts into what a name stands for is its own as well.
  private boolean putsOnlyOwn(String name, int depth) {
    return depth == 0
        || names.bindings(name).stream()
            .filter(b -> b.kind() == Kind.MUTATED || b.kind() == Kind.AUGMENTED)
            .allMatch(b -> isOwnPut(b, depth));
  }

  private boolean isOwnPut(Binding put, int depth) {
    if (put.kind() == Kind.AUGMENTED) {
      return put.value().filter(v -> isOwn(v, depth)).isPresent();
    }
    if (put.node().is("delete_statement")) {
      return true;
    }
    var call = Call.of(put.node());
    int inside =
        call.flatMap(Call::receiver)
            .or(() -> put.node().child("left"))
            .map(OwnObjects::level)
            .orElse(0);
    if (call.isEmpty()) {
      return inside > depth || put.value().filter(v -> isOwn(v, depth - inside)).isPresent();
    }
    var what = call.get().positional();
    int left = depth - inside;
    if (left < 1 || what.isEmpty()) {
      return true;
    }
    return PUTS_ONE.contains(call.get().name())
        ? isOwn(what.getLast(), left - 1)
        : !PUTS_MANY.contains(call.get().name()) || isOwn(what.getLast(), left);
  }

  /// How many items deep an expression goes below its name: 2 for `rows[i][j]`.
  private static int level(Node target) {
    return target.is("subscript") ? 1 + target.child("value").map(OwnObjects::level).orElse(0) : 0;
  }
}
