package hostperf.measure.touched;

import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.source.PythonFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How much slower the machine was when the second profile was taken, by functions that the patch
/// does not touch: they ran beside it in both.
///
/// @param factor their time per call after over before; 1 where they got faster, so that it never
///     makes a change look more expensive than it was measured
/// @param functions that were compared
public record Pace(double factor, List<String> functions) {
  /// Less than this share of what is compared with it, and the functions' own scatter counts.
  private static final double LEAST = 0.05;

  public Pace {
    functions = List.copyOf(functions);
  }

  /// @param compared seconds of what will be compared with it, in the profile before
  /// @return absent where no untouched function is in both profiles, or too little of one
  public static Optional<Pace> of(
      List<FileChange> changes, LineProfile before, LineProfile after, double compared) {
    var touched = touchedNames(changes);
    double was = 0;
    double is = 0;
    var names = new ArrayList<String>();
    for (var function : before.functions()) {
      var twin = twin(function, after);
      if (touched.contains(lastName(function)) || twin.isEmpty()) {
        continue;
      }
      double then = own(function, touched);
      double now = own(twin.get(), touched) / Math.max(1, twin.get().calls()) * function.calls();
      if (then > 0 && now > 0) {
        was += then;
        is += now;
        names.add(function.name());
      }
    }
    return was > 0 && was >= LEAST * compared
        ? Optional.of(new Pace(Math.max(1, is / was), names))
        : Optional.empty();
  }

  /// The time of the lines that do not name what the patch touches: a caller's time holds the
  /// callee's.
  private static double own(FunctionProfile function, Set<String> touched) {
    return function.lines().stream()
        .filter(
            line ->
                touched.stream()
                    .noneMatch(name -> TouchedCost.word(name).matcher(line.source()).find()))
        .mapToDouble(LineCost::seconds)
        .sum();
  }

  private static Optional<FunctionProfile> twin(FunctionProfile function, LineProfile after) {
    return after.functions().stream()
        .filter(f -> f.name().equals(function.name()) && SameFile.is(f.file(), function.file()))
        .filter(f -> f.lines().size() == function.lines().size() && f.calls() > 0)
        .findFirst();
  }

  private static Set<String> touchedNames(List<FileChange> changes) {
    var names = new HashSet<String>();
    for (var change : changes) {
      var map = LineMap.of(change);
      Stream.concat(
              functions(change.path(), change.before(), map.removed()),
              functions(change.path(), change.after(), map.added()))
          .forEach(names::add);
    }
    return names;
  }

  private static Stream<String> functions(String path, String text, List<Integer> lines) {
    var file = PythonFile.of(path, text);
    return lines.stream().flatMap(line -> file.functionAt(line).stream()).map(f -> f.name());
  }

  private static String lastName(FunctionProfile function) {
    return function.name().substring(function.name().lastIndexOf('.') + 1);
  }
}
