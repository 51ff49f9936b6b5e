package hostperf.audit;

import hostperf.source.Call;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Attributes of modules and classes, and methods of `self`, that are replaced at run time.
final class Replaced {
  private static final Set<String> TARGETS =
      Set.of(
          "assignment", "augmented_assignment", "delete_statement", "for_statement", "with_item");

  private static final Set<String> DESCRIBING =
      Set.of("__name__", "__qualname__", "__doc__", "__module__");

  private final Version version;
  private final Set<String> methods;
  private final List<Trait> found = new ArrayList<>();

  private Replaced(Version version) {
    this.version = version;
    methods =
        version.file().functions().stream()
            .filter(f -> f.qualifiedName().contains("."))
            .map(f -> f.name())
            .collect(Collectors.toSet());
  }

  static List<Trait> in(Version version) {
    var replaced = new Replaced(version);
    version.nodes().forEach(replaced::look);
    return replaced.found;
  }

  private void look(Node node) {
    if (TARGETS.contains(node.kind())) {
      node.children().stream()
          .filter(c -> c.field().equals("left") || node.is("delete_statement"))
          .forEach(c -> target(c, node));
    }
    if (node.is("as_pattern_target")) {
      node.children().forEach(c -> target(c, node));
    }
    if (node.is("identifier")
        && !version.scopes().isBinding(node)
        && version.scopes().resolve(node).contains("builtins.setattr")) {
      byName(node);
    }
    if (node.is("type_alias_statement") && isOfType(node)) {
      add("sets an attribute of a class, " + Snippets.quote(node), node);
    }
    if (node.is("assignment") && isFunctionForAnother(node)) {
      add("replaces " + Snippets.quote(node.child("left").orElse(node)), node);
    }
  }

  /// `type(self).step = …`, which the parser takes for the declaration of a type.
  private static boolean isOfType(Node alias) {
    return alias.child("left").filter(l -> l.text().startsWith("(")).isPresent();
  }

  /// `engine.step = fast_step`: a function of this file takes the place of another object's.
  private boolean isFunctionForAnother(Node assignment) {
    return assignment
            .child("left")
            .filter(l -> l.is("attribute"))
            .flatMap(l -> l.child("object"))
            .filter(o -> !Set.of("self", "cls").contains(o.text()))
            .isPresent()
        && assignment.child("right").filter(this::isFunction).isPresent()
        && !fillsSlot(assignment.child("left").orElseThrow());
  }

  /// The checkout leaves the attribute open: it sets it to None and has no such method, or the
  /// object is a parameter made above and the checkout asks whether it has such an attribute.
  private boolean fillsSlot(Node attribute) {
    var name = Snippets.lastName(attribute).orElse("");
    return version.neighbours().leaveOpen(name)
        || attribute.child("object").filter(this::isParameterMadeHere).isPresent()
            && version.neighbours().askFor(name);
  }

  private boolean isParameterMadeHere(Node object) {
    var made =
        object.ancestor("function_definition").stream()
            .flatMap(f -> f.find("assignment"))
            .filter(a -> a.child("left").filter(l -> l.text().equals(object.text())).isPresent())
            .filter(a -> a.end() <= object.start())
            .toList();
    return !made.isEmpty()
        && made.getLast()
            .child("right")
            .flatMap(Call::of)
            .flatMap(Call::function)
            .filter(f -> version.scopes().resolve(f).equals(Set.of("torch.nn.Parameter")))
            .isPresent();
  }

  private boolean isFunction(Node value) {
    return value.is("lambda")
        || value.is("attribute")
            && value.child("object").filter(o -> o.text().equals("self")).isPresent()
            && Snippets.lastName(value).filter(this::isMethodName).isPresent()
            && version.file().properties(Snippets.lastName(value).orElse("")).isEmpty()
        || value.is("identifier")
            && version.file().functions().stream()
                .anyMatch(f -> f.qualifiedName().equals(value.text()));
  }

  /// `setattr(x, "name", value)` says no more than `x.name = value` where `x` is a value of the
  /// function's own.
  private void byName(Node callee) {
    var call = callee.parent().flatMap(Call::of).filter(_ -> callee.field().equals("function"));
    boolean isPlain =
        call.filter(
                c ->
                    c.argument(0)
                            .filter(o -> o.is("identifier") && version.scopes().isLocal(o))
                            .isPresent()
                        && c.argument(1)
                            .filter(n -> n.is("string"))
                            .flatMap(Snippets::literal)
                            .filter(n -> UsedNames.isPlain(n) && !isMethodName(n))
                            .isPresent()
                        && c.argument(2).filter(v -> !isFunction(v)).isPresent())
            .isPresent();
    if (!isPlain) {
      add("sets an attribute by name", call.map(Call::node).orElse(callee));
    }
  }

  private void add(String what, Node node) {
    found.add(Trait.added(Suspicion.MODULES, what, Snippets.plain(node), node));
  }

  private void target(Node target, Node statement) {
    if (target.is("attribute", "subscript")) {
      var object = target.child("object").or(() -> target.child("value"));
      if (isSpecial(target)
          || object.filter(o -> isOutside(o, target) || isMethod(o, target)).isPresent()) {
        found.add(
            Trait.added(
                Suspicion.MODULES,
                "replaces " + Snippets.quote(target),
                Snippets.plain(statement),
                target));
      }
    } else if (!target.is("identifier", "call")) {
      target.children().forEach(c -> target(c, statement));
    }
  }

  /// What is set belongs to something imported, or is a method of one of the file's classes.
  private boolean isOutside(Node object, Node target) {
    if (!version.scopes().resolve(object).isEmpty()) {
      return true;
    }
    var member = Snippets.lastName(target).orElse("");
    boolean isClass =
        object.is("identifier") && version.file().classNamed(object.text()).isPresent()
            || Snippets.lastName(object).filter(n -> n.equals("__class__")).isPresent();
    return isClass && isMethodName(member);
  }

  /// `self.__class__ = Fast` changes every method at once.
  private static boolean isSpecial(Node target) {
    return target.is("attribute")
        && Snippets.lastName(target)
            .filter(n -> n.matches("__\\w+__") && !DESCRIBING.contains(n))
            .isPresent();
  }

  private boolean isMethod(Node object, Node target) {
    return object.is("identifier")
        && Set.of("self", "cls").contains(object.text())
        && target.is("attribute")
        && isMethodName(Snippets.lastName(target).orElse(""))
        && version.file().properties(Snippets.lastName(target).orElse("")).isEmpty();
  }

  private boolean isMethodName(String name) {
    return methods.contains(name);
  }
}
