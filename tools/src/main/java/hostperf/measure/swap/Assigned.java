package hostperf.measure.swap;

import hostperf.source.Call;
import hostperf.source.Callees;
import hostperf.source.Names;
import hostperf.source.Names.Binding;
import hostperf.source.Names.Kind;
import hostperf.source.Node;
import hostperf.source.PythonFunction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a function leaves behind when it has returned: attributes and globals that it sets, objects
/// from outside that it changes, calls that it makes for their effect. Two versions can take turns
/// only if they leave the same, else one of them finds what the other keeps, or misses it.
final class Assigned {
  private static final Set<String> HIDDEN =
      Set.of("setattr", "delattr", "globals", "locals", "vars", "__setattr__", "exec", "eval");

  private static final Map<String, String> CONTAINERS =
      Map.ofEntries(
          Map.entry("list", "a list"),
          Map.entry("list_comprehension", "a list"),
          Map.entry("dictionary", "a dict"),
          Map.entry("dictionary_comprehension", "a dict"),
          Map.entry("set", "a set"),
          Map.entry("set_comprehension", "a set"),
          Map.entry("tuple", "a tuple"));

  /// Calls that are followed, one inside the other.
  private static final int MOST_CALLS = 3;

  private final PythonFunction function;
  private final Callees callees;
  private final Names names;
  private final Set<String> globals;
  private final Map<String, PythonFunction> helpers;
  private final OwnObjects own;
  private final Set<String> left = new TreeSet<>();
  private final Set<String> effects = new TreeSet<>();
  private final Set<String> called = new TreeSet<>();
  private final List<Call> calls;
  private final Map<String, Set<String>> containers = new TreeMap<>();

  /// @param helpers functions that this version only has, by name: what they leave, it leaves
  Assigned(PythonFunction function, Map<String, PythonFunction> helpers, Callees callees) {
    this(function, helpers, callees, Map.of(), MOST_CALLS);
  }

  /// @param given parameters whose objects the caller has just made and nobody else has, with the
  ///     depths to which it has
  /// @param levels of calls below that are looked into for what they give
  private Assigned(
      PythonFunction function,
      Map<String, PythonFunction> helpers,
      Callees callees,
      Map<String, IntPredicate> given,
      int levels) {
    this.function = function;
    this.callees = callees;
    this.calls = PythonFunction.calls(function.body());
    this.names = function.names();
    this.globals = declared(function);
    this.own =
        new OwnObjects(
            names, globals, given, (call, depth) -> levels > 0 && isNew(call, depth, levels - 1));
    this.helpers = helpers;
    names.bindings().forEach(this::add);
    calls.forEach(this::add);
  }

  /// What only one of two versions leaves, as a reason against a swap.
  Optional<String> difference(Assigned other) {
    if (left.equals(other.left) && called.containsAll(other.effects)) {
      return differentContainers(other);
    }
    var more = new TreeSet<>(other.left);
    var reached = reached();
    more.removeAll(reached.left());
    // What the base calls as well, if only for its result, is there for both.
    other.effects.stream()
        .filter(name -> !reached.called().contains(name))
        .forEach(name -> more.addAll(other.byCalling(name, reached.left())));
    if (!more.isEmpty()) {
      return Optional.of(
          "%s in the patched version only: what it keeps, the base would meet or miss"
              .formatted(String.join(", ", more)));
    }
    var less = new TreeSet<>(left);
    less.removeAll(other.reached().left());
    if (!less.isEmpty()) {
      return Optional.of(
          "%s in the base only: what it keeps, the patched version would meet or miss"
              .formatted(String.join(", ", less)));
    }
    return differentContainers(other);
  }

  private Optional<String> differentContainers(Assigned other) {
    return containers.entrySet().stream()
        .filter(e -> other.containers.containsKey(e.getKey()))
        .filter(e -> !e.getValue().equals(other.containers.get(e.getKey())))
        .map(
            e ->
                "sets `%s` to %s in the base and to %s in the patched version"
                    .formatted(
                        e.getKey(),
                        String.join(" or ", e.getValue()),
                        String.join(" or ", other.containers.getOrDefault(e.getKey(), Set.of()))))
        .findFirst();
  }

  /// What a call for its effect leaves beyond what is left anyway.
  private Set<String> byCalling(String name, Set<String> anyway) {
    var found = new TreeSet<String>();
    var inFile = named(Set.of(name)).toList();
    if (inFile.isEmpty()) {
      found.add("calls `%s(…)` for its effect".formatted(name));
    }
    inFile.forEach(f -> found.addAll(of(f).reached(MOST_CALLS - 1).left()));
    found.removeAll(anyway);
    return found;
  }

  /// Whether the functions that a call can mean make what they return, and leave nothing.
  private boolean isNew(Call call, int depth, int levels) {
    var functions =
        helpers.containsKey(call.name())
            ? Set.of(helpers.get(call.name()))
            : callees.callees(call, function);
    return !functions.isEmpty()
        && functions.stream()
            .map(f -> new Assigned(f, Map.of(), callees, Map.of(), levels))
            .allMatch(inside -> inside.leavesNothing() && inside.returnsOwn(depth));
  }

  boolean leavesNothing() {
    return left.isEmpty() && effects.isEmpty();
  }

  private boolean returnsOwn(int depth) {
    var returned =
        function
            .body()
            .tree(n -> !Running.isDefinition(n))
            .filter(n -> n.is("return_statement"))
            .toList();
    return !returned.isEmpty()
        && returned.stream().allMatch(r -> r.items().stream().allMatch(v -> own.isOwn(v, depth)));
  }

  /// What a function and those that it calls leave and call.
  private record Reached(Set<String> left, Set<String> called) {}

  /// A function that is inlined in the other version leaves the same there.
  private Reached reached() {
    return reached(MOST_CALLS);
  }

  private Reached reached(int levels) {
    var reached = new Reached(new TreeSet<>(), new TreeSet<>());
    var seen = new HashSet<>(Set.of(function));
    for (var level = List.of(this); !level.isEmpty() && levels >= 0; levels--) {
      for (var each : level) {
        reached.left().addAll(each.left);
        reached.called().addAll(each.called);
      }
      level = level.stream().flatMap(Assigned::follow).filter(seen::add).map(this::of).toList();
    }
    return reached;
  }

  /// The functions that are called: those of the file by their names, others where the source tells
  /// which they are.
  private Stream<PythonFunction> follow() {
    return Stream.concat(
        named(called), calls.stream().flatMap(call -> callees.callees(call, function).stream()));
  }

  private Assigned of(PythonFunction other) {
    return new Assigned(other, Map.of(), callees);
  }

  private Stream<PythonFunction> named(Set<String> names) {
    return function.file().functions().stream().filter(f -> names.contains(f.name()));
  }

  private void add(Binding binding) {
    var name = binding.name();
    int dot = name.lastIndexOf('.');
    if (binding.kind() == Kind.MUTATED) {
      Targets.changed(binding).forEach(this::addChanged);
    } else if (dot >= 0 && isOwnAttribute(binding)) {
      return;
    } else if (dot >= 0) {
      left.add("sets `%s`".formatted(name.substring(dot)));
      binding
          .value()
          .flatMap(Assigned::container)
          .ifPresent(c -> containers.computeIfAbsent(name, _ -> new TreeSet<>()).add(c));
    } else if (globals.contains(name)) {
      left.add("sets `%s` outside itself".formatted(name));
    }
  }

  /// An attribute of an object that the function made itself, which its constructor could have set.
  private boolean isOwnAttribute(Binding binding) {
    return Targets.of(binding.node())
        .filter(t -> Names.path(t).filter(binding.name()::equals).isPresent())
        .flatMap(t -> t.child("object").stream())
        .anyMatch(own::isOwn);
  }

  private void addChanged(Node object) {
    if (!own.isOwn(object)) {
      left.add("changes " + held(Names.base(object).orElse(object.text()), object, Set.of()));
    }
  }

  /// What from outside a changed name stands for.
  private String held(String name, Node use, Set<String> seen) {
    int dot = name.lastIndexOf('.');
    if (dot >= 0) {
      return "what `%s` holds".formatted(name.substring(dot));
    }
    var last = names.reaching(name, use);
    if (last.isEmpty() || last.get().kind() == Kind.PARAMETER || globals.contains(name)) {
      return "what `%s` holds".formatted(name);
    }
    var value = last.get().value();
    var path = value.flatMap(Names::path).filter(p -> !seen.contains(p));
    if (last.get().kind() == Kind.ASSIGNED && path.isPresent()) {
      return held(
          path.get(), use, Stream.concat(seen.stream(), path.stream()).collect(Collectors.toSet()));
    }
    return "what `%s` gives".formatted(value.map(Node::text).orElse(name).replaceAll("\\s+", " "));
  }

  private void add(Call call) {
    var bound = bound(call);
    var name = bound.map(m -> m.child("attribute").orElse(m).text()).orElse(call.name());
    called.add(name);
    var helper = helpers.get(name);
    if (helper != null) {
      var others = new HashMap<>(helpers);
      others.remove(name);
      var inside = new Assigned(helper, others, callees, given(helper, call), MOST_CALLS);
      left.addAll(inside.left);
      effects.addAll(inside.effects);
      called.addAll(inside.called);
      return;
    }
    if (HIDDEN.contains(name)) {
      left.add("calls `%s`".formatted(call.node().text().replaceAll("\\s+", " ")));
      return;
    }
    var receiver = bound.flatMap(m -> m.child("object")).or(call::receiver);
    if (bound.isPresent() && Names.mutates(name)) {
      receiver.ifPresent(this::addChanged);
    }
    if (call.node().isWholeStatement()
        && !isLogging(call)
        && receiver.filter(own::isOwn).isEmpty()) {
      effects.add(name);
    }
  }

  /// The method that a local name stands for: `append = rows.append` before a loop.
  private Optional<Node> bound(Call call) {
    return call.receiver().isPresent()
        ? Optional.empty()
        : names
            .sure(call.callee(), call.node())
            .filter(b -> b.kind() == Kind.ASSIGNED)
            .flatMap(Binding::value)
            .filter(v -> v.is("attribute"));
  }

  /// The parameters of a helper that get what this function has made itself.
  private Map<String, IntPredicate> given(PythonFunction helper, Call call) {
    var parameters = helper.parameters();
    int first = call.receiver().isPresent() && helper.owner().isPresent() ? 1 : 0;
    var found = new HashMap<String, IntPredicate>();
    if (call.positional().stream().anyMatch(a -> a.is("list_splat"))) {
      return found;
    }
    for (var parameter :
        parameters.subList(Math.min(first, parameters.size()), parameters.size())) {
      var name = parameter.name();
      call.keyword(name)
          .or(() -> call.argument(parameters.indexOf(parameter) - first))
          .ifPresent(value -> found.put(name, depth -> own.isOwn(value, depth)));
    }
    return found;
  }

  private static boolean isLogging(Call call) {
    return call.receiver()
            .map(Node::text)
            .filter(r -> r.toLowerCase(Locale.ROOT).matches("(.*\\.)?_?log(ger|ging)?"))
            .isPresent()
        || call.callee().equals("print");
  }

  private static Optional<String> container(Node value) {
    return Optional.ofNullable(CONTAINERS.get(value.kind()))
        .or(
            () ->
                Call.of(value)
                    .map(Call::callee)
                    .filter(Set.of("list", "dict", "set", "tuple")::contains)
                    .map(c -> "a " + c));
  }

  private static Set<String> declared(PythonFunction function) {
    var declared = new TreeSet<String>();
    function
        .body()
        .find("global_statement", "nonlocal_statement")
        .flatMap(s -> s.find("identifier"))
        .forEach(id -> declared.add(id.text()));
    return declared;
  }
}
