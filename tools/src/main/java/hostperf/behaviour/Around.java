package hostperf.behaviour;

import hostperf.patch.FileChange;
import hostperf.source.Callees;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.stacks.Ranking;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The functions around a patch, as `module.Class.method`: what it changes, and who calls that, up
/// to the function whose calls are the steps.
///
/// @param compared those that both versions have, whose calls are recorded
/// @param changed all that the patch touches; calls that these make are theirs to make or leave
public record Around(List<String> compared, List<String> changed) {
  private static final int MOST_COMPARED = 20;

  /// Callers of callers of callers: beyond, the arguments are the whole engine.
  private static final int MOST_LEVELS = 3;

  public Around {
    compared = List.copyOf(compared);
    changed = List.copyOf(changed);
  }

  /// @param sources the checkout with either version
  /// @param ranking who called whom when it was last sampled
  public static Around of(
      List<FileChange> changes, Sources sources, Optional<Ranking> ranking, Callees calls) {
    var changed = new LinkedHashSet<String>();
    var compared = new LinkedHashSet<PythonFunction>();
    for (FileChange change : changes) {
      if (!change.path().endsWith(".py")) {
        continue;
      }
      var functions = ChangedFunctions.of(change);
      var file = PythonFile.of(change.path(), change.after());
      var base = PythonFile.of(change.path(), change.before());
      Stream.concat(functions.both().stream(), functions.one().stream())
          .flatMap(name -> named(file, name).or(() -> named(base, name)).stream())
          .forEach(f -> changed.add(calls.target(f)));
      Stream.concat(functions.both().stream(), functions.readers().stream())
          .flatMap(name -> named(file, name).stream())
          .forEach(compared::add);
    }
    var callers = new Callers(sources, ranking, calls);
    Set<PythonFunction> level = new LinkedHashSet<>(compared);
    for (int i = 0; i < MOST_LEVELS && !level.isEmpty(); i++) {
      var next = new LinkedHashSet<PythonFunction>();
      level.forEach(f -> next.addAll(callers.of(f)));
      next.removeIf(f -> has(compared, f));
      compared.addAll(next);
      level = next;
    }
    var names = new LinkedHashSet<String>();
    compared.forEach(f -> names.add(calls.target(f)));
    callers.root().ifPresent(root -> names.add(calls.target(root)));
    return new Around(
        new ArrayList<>(names).subList(0, Math.min(MOST_COMPARED, names.size())),
        List.copyOf(changed));
  }

  private static Optional<PythonFunction> named(PythonFile file, String name) {
    return file.functions().stream().filter(f -> f.qualifiedName().equals(name)).findFirst();
  }

  /// Functions have no equality: a file that is read twice has them twice.
  static boolean has(Set<PythonFunction> functions, PythonFunction function) {
    return functions.stream().anyMatch(f -> isSame(f, function));
  }

  static boolean isSame(PythonFunction one, PythonFunction other) {
    return one.file().path().equals(other.file().path())
        && one.qualifiedName().equals(other.qualifiedName());
  }
}
