package hostperf.audit;

import hostperf.audit.JudgedNames.Judged;
import hostperf.audit.Trait.Asked;
import hostperf.source.Call;
import hostperf.source.Names;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Uses of modules, builtins and members that a person is asked about, whether called or handed on.
final class UsedNames {

  /// Members that a file which has them already may use again.
  private static final Set<String> USABLE_AGAIN = Set.of("run_in_executor", "submit", "open");

  /// Members that hand work to another thread.
  private static final Set<String> GIVES_WORK = Set.of("run_in_executor", "submit");

  private final Version version;
  private final WaitedFor waited;
  private final HarmlessUse harmless;
  private final List<Trait> found = new ArrayList<>();

  private UsedNames(Version version) {
    this.version = version;
    waited = new WaitedFor(version);
    harmless = new HarmlessUse(version, waited);
  }

  static List<Trait> in(Version version) {
    var names = new UsedNames(version);
    version.nodes().forEach(names::look);
    names.waits();
    return names.found;
  }

  /// Waiting for the device is part of taking a time: without it the work is not in it.
  private void waits() {
    var timed =
        found.stream()
            .filter(t -> t.suspicion() == Suspicion.TIMING)
            .flatMap(t -> t.node().ancestor("function_definition").stream())
            .collect(Collectors.toSet());
    version.nodes().stream()
        .filter(n -> n.is("call"))
        .filter(n -> Call.of(n).filter(c -> c.isNamed("synchronize")).isPresent())
        .filter(n -> n.ancestor("function_definition").filter(timed::contains).isPresent())
        .forEach(
            n ->
                found.add(
                    new Trait(
                        Suspicion.TIMING,
                        "waits for the device where a time is taken",
                        Snippets.function(n) + " waits",
                        n,
                        Asked.WHEN_REMOVED)));
  }

  private void look(Node node) {
    switch (node.kind()) {
      case "import_statement" -> node.all("name").forEach(n -> imported(n, ""));
      case "import_from_statement" -> {
        var from = node.child("module_name").map(Snippets::plain).orElse("");
        node.all("name").forEach(n -> imported(n, from.endsWith(".") ? from : from + "."));
        if (node.children().stream().anyMatch(c -> c.is("wildcard_import"))) {
          add(Suspicion.REFLECTION, "imports every name of " + Snippets.quote(from), node);
        }
      }
      case "identifier" -> {
        if (!isInPath(node) && isRead(node)) {
          path(node);
        }
      }
      case "attribute" -> {
        if (!isInPath(node)) {
          path(node);
        }
      }
      case "exec_statement", "print_statement" ->
          add(Suspicion.FOREIGN_CODE, "uses a statement of Python 2", node);
      default -> {}
    }
  }

  private void imported(Node name, String from) {
    var dotted = from + Snippets.plain(name.child("name").orElse(name));
    if (isForTypesAlone(name)) {
      return;
    }
    var judged = version.judged(dotted);
    if (judged.isPresent()) {
      judged
          .get()
          .suspicion()
          .filter(_ -> !isJudgedWhereUsed(dotted))
          .ifPresent(s -> known(s, "imports " + Snippets.quote(dotted), imported(dotted), name));
    } else if (!version.isOwn(dotted) && !version.isUsedBeside(dotted)) {
      var root = dotted.split("\\.")[0];
      known(
          Suspicion.NEW_MODULE,
          "imports "
              + Snippets.quote(dotted)
              + ", a module that neither this file nor its package used",
          root,
          name);
    }
  }

  /// What only a type checker imports never runs.
  private boolean isForTypesAlone(Node name) {
    return name.ancestors()
        .takeWhile(a -> !a.is("function_definition"))
        .filter(a -> a.is("if_statement"))
        .filter(a -> a.child("consequence").filter(c -> c.contains(name)).isPresent())
        .flatMap(a -> a.child("condition").stream())
        .anyMatch(c -> version.scopes().resolve(c).equals(Set.of("typing.TYPE_CHECKING")));
  }

  private static String imported(String dotted) {
    return "import " + JudgedNames.sameAs(dotted);
  }

  /// `import threading` does nothing; what is used of it is judged where it is used.
  private static boolean isJudgedWhereUsed(String dotted) {
    return Set.of(
                "os",
                "sys",
                "gc",
                "threading",
                "types",
                "weakref",
                "time",
                "os.path",
                "inspect",
                "atexit",
                "concurrent.futures",
                "importlib.util")
            .contains(dotted)
        || WaitedFor.isPool(dotted)
        || HarmlessUse.READ_BY_CALL.contains(dotted);
  }

  /// A name or a whole chain of attributes, judged by what it leads to.
  private void path(Node path) {
    var dotted = version.scopes().resolve(path);
    int known = found.size();
    dotted.forEach(name -> judge(name, path));
    if (found.size() > known || dotted.stream().anyMatch(n -> harmless.isPause(n, path))) {
      return;
    }
    if (dotted.isEmpty()) {
      var written = writtenPath(path);
      JudgedNames.reachedFromValue(written)
          .flatMap(JudgedNames::of)
          .flatMap(Judged::suspicion)
          .ifPresent(s -> add(s, "uses " + Snippets.quote(path), path));
    }
    members(path);
  }

  private void judge(String name, Node path) {
    if (JudgedNames.isModule(name) && !HarmlessUse.isAnnotation(path)) {
      add(Suspicion.REFLECTION, "passes on the module " + Snippets.quote(name), path);
      return;
    }
    var judged = version.judged(name);
    var suspicion = judged.flatMap(Judged::suspicion);
    if (suspicion.isPresent() && !harmless.is(name, path)) {
      var what = "uses " + Snippets.quote(name.replaceFirst("^builtins\\.", ""));
      if (judged.get().again()) {
        known(suspicion.get(), what, JudgedNames.sameAs(name), path);
      } else {
        add(suspicion.get(), what, path);
      }
    }
  }

  /// Attributes of what is no listed name, each by its own name.
  private void members(Node path) {
    for (var at = path; at.is("attribute"); at = at.child("object").orElseThrow()) {
      var member = at.child("attribute").map(Node::text).orElse("");
      var suspicion = JudgedMembers.of(member);
      if (suspicion.isPresent() && !isOfOwn(at) && !isWaitedFor(member, at)) {
        if (USABLE_AGAIN.contains(member)) {
          known(suspicion.get(), "uses " + Snippets.quote(at), member, at);
        } else {
          add(suspicion.get(), "uses " + Snippets.quote(at), at);
        }
        return;
      }
    }
    if (path.is("identifier") && version.scopes().isUnknown(path)) {
      JudgedMembers.of(path.text()).ifPresent(s -> add(s, "uses " + Snippets.quote(path), path));
    }
  }

  private boolean isWaitedFor(String member, Node at) {
    return GIVES_WORK.contains(member) && waited.covers(at);
  }

  /// A member of `self` of such a name that the file itself defines as a method.
  private boolean isOfOwn(Node attribute) {
    var name = attribute.child("attribute").map(Node::text).orElse("");
    return !JudgedMembers.isReflective(name)
        && attribute
            .child("object")
            .filter(o -> o.is("identifier") && o.text().equals("self"))
            .isPresent()
        && version.file().functions().stream().anyMatch(f -> f.name().equals(name));
  }

  static boolean isPlain(String name) {
    return name.matches("[A-Za-z_]\\w*")
        && JudgedMembers.of(name).isEmpty()
        && JudgedNames.reachedFromValue("x." + name).isEmpty();
  }

  private static String writtenPath(Node path) {
    return Names.path(path).orElseGet(() -> Snippets.plain(path));
  }

  private static boolean isInPath(Node node) {
    return node.parent().filter(p -> p.is("attribute")).isPresent()
        || node.field().equals("name")
            && node.parent().filter(p -> p.is("keyword_argument")).isPresent();
  }

  private boolean isRead(Node identifier) {
    return !version.scopes().isBinding(identifier)
        && identifier.ancestor("import_from_statement").isEmpty();
  }

  private void add(Suspicion suspicion, String what, Node node) {
    var asked =
        isAskedWhenRemoved(suspicion) && !isSleep(node)
            ? Asked.WHEN_ADDED_OR_REMOVED
            : Asked.WHEN_ADDED;
    found.add(new Trait(suspicion, what, key(suspicion, node), node, asked));
  }

  private void known(Suspicion suspicion, String what, String key, Node node) {
    found.add(new Trait(suspicion, what, key, node, Asked.WHEN_NEW));
  }

  /// Where a time is taken the whole statement counts: `time.time() + 1` is another time. Of an
  /// environment variable its name counts.
  private static String key(Suspicion suspicion, Node node) {
    return switch (suspicion) {
      case TIMING -> Snippets.function(node) + ": " + Snippets.ownOfStatementAround(node);
      case ENVIRONMENT -> variable(node).orElseGet(() -> plainCall(node));
      default -> plainCall(node);
    };
  }

  private static String plainCall(Node node) {
    return Snippets.plain(Snippets.callAround(node));
  }

  /// `os.environ.get("NAME", 2)` asks no more than `os.environ.get("NAME", 16)`.
  private static Optional<String> variable(Node node) {
    return node.parent()
        .flatMap(Call::of)
        .filter(_ -> node.field().equals("function"))
        .filter(c -> c.positional().size() == 2)
        .flatMap(c -> c.argument(0).filter(a -> a.is("string")).map(Snippets::plain))
        .map(v -> Snippets.plain(node) + "(" + v + ")");
  }

  /// A pause that goes fakes nothing.
  private static boolean isSleep(Node node) {
    return Snippets.lastName(node).filter(n -> n.endsWith("sleep")).isPresent();
  }

  private static boolean isAskedWhenRemoved(Suspicion suspicion) {
    return switch (suspicion) {
      case TIMING, SEED, PROFILER, ENVIRONMENT -> true;
      default -> false;
    };
  }
}
