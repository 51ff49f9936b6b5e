package hostperf.measure.swap;

import hostperf.patch.FileChange;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a patch can be swapped: it changes bodies of functions that run in Python, adds and
/// removes at most what the other version does not notice, and what either leaves behind, the other
/// can go on from.
/// Judged from the sources; the launch confirms it with the code that runs.
public sealed interface Swappability {
  /// @param functions whose versions alternate
  /// @param added what their modules and others have to have for both versions, in order
  record Fit(List<Exchanged> functions, List<Added> added) implements Swappability {
    public Fit {
      functions = List.copyOf(functions);
      added = List.copyOf(added);
    }
  }

  record Unfit(String reason) implements Swappability {}

  /// A changed function.
  ///
  /// @param name `module::Class.method`, by which the launch finds it
  /// @param before text of its module in the base
  /// @param after the same in the candidate
  /// @param overloaded whether stubs for type checkers stand before it under its name
  record Exchanged(String name, String path, String before, String after, boolean overloaded) {}

  /// Something that one version's module has beyond the other's.
  ///
  /// @param path of the module
  /// @param owner the class that it is a method of; empty at the module's level
  /// @param name that it is bound to
  /// @param text the statement that makes it
  record Added(String path, String owner, String name, String text) {}

  static Swappability of(List<FileChange> changes, Modules modules) {
    var functions = new ArrayList<Exchanged>();
    var added = new ArrayList<Added>();
    var objections = new ArrayList<String>();
    var callees = new Callees(modules);
    for (var change : changes) {
      if (!change.path().endsWith(".py")) {
        return new Unfit("the patch changes %s, which is not Python".formatted(change.path()));
      }
      var before = PythonFile.of(change.path(), change.before());
      var after = PythonFile.of(change.path(), change.after());
      var additions = Additions.of(before, after);
      var gone = Additions.gone(before, after);
      var leftOut = new HashSet<>(additions.leftOut());
      leftOut.addAll(gone.leftOut());
      var objection = new Outside(before, after, leftOut).difference();
      if (objection.isPresent()) {
        return new Unfit(objection.get());
      }
      added.addAll(additions.all());
      added.addAll(gone.all());
      for (var version : List.of(additions, gone)) {
        version.functions().values().stream()
            .filter(PythonFunction::isProperty)
            .filter(p -> !isPure(p, version.functions(), callees))
            .map(PythonFunction::qualifiedName)
            .map(
                "the property `%s`, which one version only has, leaves something behind"::formatted)
            .forEach(objections::add);
      }
      var base = before.functions().stream().filter(f -> !gone.covers(f.node())).toList();
      var patched = after.functions().stream().filter(f -> !additions.covers(f.node())).toList();
      for (int i = 0; i < patched.size(); i++) {
        var was = base.get(i);
        var is = patched.get(i);
        if (!was.node().text().equals(is.node().text())) {
          var unfit = objection(was, is, after, gone.functions(), additions.functions(), callees);
          unfit.ifPresent(why -> objections.add("`%s` %s".formatted(is.qualifiedName(), why)));
          functions.add(
              new Exchanged(
                  modules.nameOf(after) + "::" + is.qualifiedName(),
                  change.path(),
                  change.before(),
                  change.after(),
                  definitions(is, after).size() > 1));
        }
      }
    }
    if (!objections.isEmpty()) {
      return new Unfit(String.join("; and ", objections));
    }
    return functions.isEmpty()
        ? new Unfit("the patch changes no function's body")
        : new Fit(functions, added);
  }

  /// It is read like an attribute, so no call tells what it leaves.
  private static boolean isPure(
      PythonFunction property, Map<String, PythonFunction> helpers, Callees callees) {
    var others = new HashMap<>(helpers);
    others.remove(property.name());
    return new Assigned(property, others, callees).leavesNothing();
  }

  private static Optional<String> objection(
      PythonFunction was,
      PythonFunction is,
      PythonFile file,
      Map<String, PythonFunction> gone,
      Map<String, PythonFunction> added,
      Callees callees) {
    return Stream.of(
            defined(is, file),
            new Running(is).objection(),
            Inner.difference(was, is),
            new Assigned(was, gone, callees).difference(new Assigned(is, added, callees)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> defined(PythonFunction function, PythonFile file) {
    var definitions = definitions(function, file);
    long real = definitions.stream().filter(f -> !isStub(f)).count();
    return real == 1 && !isStub(definitions.getLast())
        ? Optional.empty()
        : Optional.of("is defined %d times in its module".formatted(definitions.size()));
  }

  private static List<PythonFunction> definitions(PythonFunction function, PythonFile file) {
    return file.functions().stream()
        .filter(f -> f.qualifiedName().equals(function.qualifiedName()))
        .toList();
  }

  /// Says the types of one way to call it.
  private static boolean isStub(PythonFunction function) {
    return function.hasDecorator("overload");
  }
}
