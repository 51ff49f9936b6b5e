package hostperf.measure.swap;

import hostperf.patch.FileChange;
import hostperf.source.Modules;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether a patch can be swapped: it changes nothing but bodies of functions that run in Python,
/// and what either version leaves behind, the other can go on from. Judged from the sources; the
/// launch confirms it with the code that runs.
public sealed interface Swappability {
  /// @param functions whose versions alternate
  record Fit(List<Exchanged> functions) implements Swappability {
    public Fit {
      functions = List.copyOf(functions);
    }
  }

  record Unfit(String reason) implements Swappability {}

  /// A changed function.
  ///
  /// @param name `module::Class.method`, by which the launch finds it
  /// @param before text of its module in the base
  /// @param after the same in the candidate
  record Exchanged(String name, String path, String before, String after) {}

  static Swappability of(List<FileChange> changes, Modules modules) {
    var functions = new ArrayList<Exchanged>();
    for (var change : changes) {
      if (!change.path().endsWith(".py")) {
        return new Unfit("the patch changes %s, which is not Python".formatted(change.path()));
      }
      var before = PythonFile.of(change.path(), change.before());
      var after = PythonFile.of(change.path(), change.after());
      var objection = new Outside(before, after).difference();
      if (objection.isPresent()) {
        return new Unfit(objection.get());
      }
      for (int i = 0; i < after.functions().size(); i++) {
        var was = before.functions().get(i);
        var is = after.functions().get(i);
        if (!was.node().text().equals(is.node().text())) {
          var unfit = objection(was, is, after);
          if (unfit.isPresent()) {
            return new Unfit("`%s` %s".formatted(is.qualifiedName(), unfit.get()));
          }
          functions.add(
              new Exchanged(
                  modules.nameOf(after) + "::" + is.qualifiedName(),
                  change.path(),
                  change.before(),
                  change.after()));
        }
      }
    }
    return functions.isEmpty()
        ? new Unfit("the patch changes no function's body")
        : new Fit(functions);
  }

  private static Optional<String> objection(
      PythonFunction was, PythonFunction is, PythonFile file) {
    return Stream.of(
            defined(is, file),
            new Running(is).objection(),
            Inner.difference(was, is),
            new Assigned(was).difference(new Assigned(is)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> defined(PythonFunction function, PythonFile file) {
    long count =
        file.functions().stream()
            .filter(f -> f.qualifiedName().equals(function.qualifiedName()))
            .count();
    return count == 1
        ? Optional.empty()
        : Optional.of("is defined %d times in its module".formatted(count));
  }
}
