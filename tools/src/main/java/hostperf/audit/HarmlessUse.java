package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.Set;

/// Uses of names that are asked about elsewhere and do no harm here, by what stands around them.
final class HarmlessUse {
  /// What only reads where it is called with one argument.
  static final Set<String> READ_BY_CALL = Set.of("inspect.signature");

  private final Version version;
  private final WaitedFor waited;

  HarmlessUse(Version version, WaitedFor waited) {
    this.version = version;
    this.waited = waited;
  }

  boolean is(String name, Node path) {
    if (isTypeTest(path)) {
      return true;
    }
    boolean isItself =
        switch (name) {
          case "torch.load" -> loadsDataFromMemory(path);
          case "torch.save" -> savesIntoMemory(path);
          case "time.sleep" -> isPause(name, path);
          case "atexit.register" -> waited.endsPool(path);
          case "asyncio.to_thread" -> waited.covers(path);
          default -> WaitedFor.isPool(name) && waited.coversPool(path);
        };
    if (isItself) {
      return true;
    }
    if (READ_BY_CALL.contains(name)) {
      // With `eval_str` it runs the texts of annotations.
      return path.field().equals("function")
          && path.parent()
              .flatMap(Call::of)
              .filter(c -> c.positional().size() == 1 && c.keyword("eval_str").isEmpty())
              .isPresent();
    }
    if (name.startsWith("operator.")) {
      return Call.of(path.parent().orElse(path))
          .filter(c -> path.field().equals("function"))
          .filter(
              c ->
                  !c.positional().isEmpty()
                      && c.positional().stream()
                          .allMatch(
                              a ->
                                  a.is("string")
                                      && Snippets.literal(a)
                                          .filter(UsedNames::isPlain)
                                          .isPresent()))
          .isPresent();
    }
    return isAnnotation(path) && !name.startsWith("builtins.");
  }

  /// `torch.load(io.BytesIO(data), weights_only=True)` runs no code and opens no file.
  private static boolean loadsDataFromMemory(Node path) {
    return Call.of(path.parent().orElse(path))
        .filter(_ -> path.field().equals("function"))
        .filter(c -> c.keyword("weights_only").filter(k -> k.is("true")).isPresent())
        .flatMap(c -> c.argument(0))
        .flatMap(Call::of)
        .filter(c -> c.isNamed("BytesIO"))
        .isPresent();
  }

  /// `torch.save(x, buffer)` with `buffer = io.BytesIO()` reaches no file; a module to pickle by
  /// would run code.
  private boolean savesIntoMemory(Node path) {
    return Call.of(path.parent().orElse(path))
        .filter(_ -> path.field().equals("function"))
        .filter(c -> c.keyword("pickle_module").isEmpty() && c.positional().size() == 2)
        .flatMap(c -> c.argument(1))
        .filter(b -> b.is("identifier"))
        .flatMap(b -> b.file().functionAt(b.line()).map(f -> f.names().bindings(b.text())))
        .filter(all -> !all.isEmpty() && all.stream().allMatch(this::isMemory))
        .isPresent();
  }

  private boolean isMemory(Names.Binding binding) {
    return binding
        .value()
        .flatMap(Call::of)
        .flatMap(Call::function)
        .filter(f -> version.scopes().resolve(f).equals(Set.of("io.BytesIO")))
        .isPresent();
  }

  /// `while True: time.sleep(60)`: a thread that only stays alive.
  boolean isPause(String name, Node path) {
    if (!name.equals("time.sleep")) {
      return false;
    }
    var call = path.parent().filter(c -> c.is("call") && c.isWholeStatement());
    return call.flatMap(Node::parent)
        .flatMap(Node::parent)
        .filter(b -> b.is("block") && b.items().size() == 1)
        .flatMap(Node::parent)
        .filter(l -> l.is("while_statement"))
        .flatMap(l -> l.child("condition"))
        .filter(c -> c.is("true"))
        .isPresent();
  }

  /// Only asks whether a value is of this type.
  private static boolean isTypeTest(Node path) {
    return path.ancestors()
        .takeWhile(a -> a.is("tuple", "argument_list", "call"))
        .flatMap(a -> Call.of(a).stream())
        .findFirst()
        .filter(c -> c.isNamed("isinstance", "issubclass"))
        .filter(c -> c.argument(1).filter(a -> a.contains(path)).isPresent())
        .isPresent();
  }

  static boolean isAnnotation(Node node) {
    return node.ancestors()
        .takeWhile(
            a ->
                a.is(
                    "type",
                    "subscript",
                    "generic_type",
                    "type_parameter",
                    "binary_operator",
                    "union_type",
                    "attribute"))
        .anyMatch(a -> a.is("type"));
  }
}
