package hostperf.unittest;

import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.source.PythonClass;
import hostperf.source.PythonFile;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What a change touches in one file.
///
/// @param file relative to the checkout, with `/`
/// @param names functions and methods whose lines changed, and the classes that hold them, each
///     by its last name; without a function the change is at the level of the module
public record Touched(String file, Set<String> names) {
  public Touched {
    names = Set.copyOf(names);
  }

  /// Reads the names from both sides of the change.
  public static Touched of(FileChange change) {
    var lines = LineMap.of(change);
    var names = new TreeSet<String>();
    collect(PythonFile.of(change.path(), change.before()), lines.removed(), names);
    collect(PythonFile.of(change.path(), change.after()), lines.added(), names);
    return new Touched(change.path(), names);
  }

  private static void collect(PythonFile file, List<Integer> lines, Set<String> into) {
    for (int line : lines) {
      file.functions().stream()
          .filter(f -> f.covers(line))
          .forEach(
              f -> {
                into.add(f.name());
                f.owner().map(PythonClass::name).ifPresent(into::add);
              });
    }
  }
}
