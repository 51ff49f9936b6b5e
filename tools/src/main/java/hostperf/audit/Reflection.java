package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Code that reaches names, classes or text by way of strings, or that hooks into how Python runs
/// a class. What it does cannot be read off the patch, so where it is new it is always asked about.
final class Reflection {
  private final Version version;
  private final List<Trait> found = new ArrayList<>();

  private Reflection(Version version) {
    this.version = version;
  }

  static List<Trait> in(Version version) {
    var reflection = new Reflection(version);
    version.nodes().forEach(reflection::look);
    return reflection.found;
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "identifier" -> {
        builtin(node);
        hook(node);
      }
      case "function_definition" ->
          node.child("name")
              .filter(n -> JudgedMembers.isReflective(n.text()))
              .ifPresent(this::defined);
      case "class_definition" ->
          node.child("superclasses").stream()
              .flatMap(s -> s.items().stream())
              .filter(a -> a.is("keyword_argument"))
              .forEach(a -> add("makes a class with " + Snippets.quote(a), a));
      case "string" -> string(node);
      case "call" -> Call.of(node).ifPresent(this::call);
      default -> {}
    }
  }

  /// A class that has one of the pair for pickling may get the other.
  private void defined(Node name) {
    var what = "defines " + Snippets.quote(name) + ", which Python calls by itself";
    if (name.text().matches("__[gs]etstate__")) {
      var of = name.ancestor("class_definition").flatMap(c -> c.child("name")).map(Node::text);
      found.add(
          new Trait(
              Suspicion.REFLECTION, what, "state of " + of.orElse(""), name, Trait.Asked.WHEN_NEW));
    } else {
      add(what, name);
    }
  }

  private void builtin(Node node) {
    if (version.scopes().isBinding(node)
        || node.parent()
            .filter(p -> p.is("attribute") && !node.field().equals("object"))
            .isPresent()) {
      return;
    }
    var names = version.scopes().resolve(node);
    var call = node.parent().flatMap(Call::of).filter(_ -> node.field().equals("function"));
    if (names.contains("builtins.getattr") && call.filter(this::readsPlainAttribute).isEmpty()) {
      add("reads an attribute by a name that is not written out", node);
    } else if (names.contains("builtins.type")
        && call.map(c -> c.positional().size() != 1).orElseGet(() -> isHandedOn(node))) {
      add("makes a class at run time", node);
    } else if (names.contains("builtins.BaseException") && !isRaisedAgain(node)) {
      found.add(
          Trait.added(
              Suspicion.SWALLOWED_EXCEPTION,
              "uses `BaseException`",
              Snippets.ownOfStatementAround(node),
              node));
    }
  }

  /// `__class_getitem__ = f` in a class, or a hook bound in any other way.
  private void hook(Node node) {
    if (version.scopes().isBinding(node)
        && !node.field().equals("name")
        && JudgedMembers.isReflective(node.text())) {
      add("binds " + Snippets.quote(node) + ", which Python reads by itself", node);
    }
  }

  private static boolean isRaisedAgain(Node exception) {
    return exception
        .ancestor("except_clause")
        .filter(c -> c.find("raise_statement").findAny().isPresent())
        .isPresent();
  }

  private static boolean isHandedOn(Node type) {
    return type.ancestors()
        .takeWhile(a -> !a.is("block", "module"))
        .noneMatch(
            a ->
                a.is("type", "subscript", "comparison_operator")
                    || Call.of(a).filter(c -> c.isNamed("isinstance", "issubclass")).isPresent());
  }

  /// `getattr(x, "name")` says no more than `x.name`.
  private boolean readsPlainAttribute(Call call) {
    var name = call.argument(1).filter(a -> a.is("string")).flatMap(Snippets::literal);
    if (name.isEmpty() || !UsedNames.isPlain(name.get())) {
      return false;
    }
    return call.argument(0).stream()
        .flatMap(o -> version.scopes().resolve(o).stream())
        .noneMatch(
            o ->
                JudgedNames.of(o + "." + name.get())
                    .flatMap(JudgedNames.Judged::suspicion)
                    .isPresent());
  }

  private void string(Node string) {
    var text = string.text();
    if (JudgedMembers.mentionsReflective(text) && !isDocumentation(string)) {
      add("names Python's own workings in a text", string);
    }
  }

  private static boolean isDocumentation(Node string) {
    return Snippets.isDocumentation(string)
        || string
            .parent()
            .filter(p -> p.is("concatenated_string"))
            .filter(Snippets::isDocumentation)
            .isPresent();
  }

  private static final Set<String> DECODERS =
      Set.of("decode", "join", "translate", "replace", "format_map");

  /// Text made out of pieces that are written out, which hides what it says.
  private void call(Call call) {
    if (!DECODERS.contains(call.name())) {
      return;
    }
    boolean ofLiteral =
        call.receiver()
            .filter(r -> r.is("string", "concatenated_string", "parenthesized_expression"))
            .isPresent();
    boolean hides =
        switch (call.name()) {
          case "join" ->
              ofLiteral
                  && call.argument(0)
                      .filter(
                          a ->
                              a.is("list", "tuple")
                                  && a.items().stream().anyMatch(i -> i.is("string")))
                      .isPresent();
          default -> ofLiteral;
        };
    if (hides) {
      add("puts a text together at run time", call.node());
    }
  }

  private void add(String what, Node node) {
    found.add(
        Trait.added(Suspicion.REFLECTION, what, Snippets.plain(Snippets.callAround(node)), node));
  }
}
