package hostperf.classify;

import hostperf.profile.FunctionProfile;
import hostperf.profile.LineProfile;
import hostperf.source.Call;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The time of a statement that the report accounts for elsewhere: in functions that it calls and
/// whose own lines are in the report. What is left is the statement's own.
final class ProfiledCallees {
  /// A callee's total can exceed the line's time a little, since both are measured.
  private static final double ROOM = 1.1;

  /// A function that ran exactly as often as a statement, and took nearly all its time, is what the
  /// statement calls, under another name (`self.renderer(…)`) or through a function in between.
  private static final double NEARLY_ALL = 0.8;

  private final LineProfile profile;
  private final Map<String, List<FunctionProfile>> byName = new HashMap<>();

  ProfiledCallees(LineProfile profile) {
    this.profile = profile;
    for (var function : profile.functions()) {
      if (function.seconds() > 0) {
        var last = function.name().substring(function.name().lastIndexOf('.') + 1);
        byName.computeIfAbsent(last, _ -> new ArrayList<>()).add(function);
      }
    }
  }

  /// Seconds of the statement that are not those of profiled callees.
  double own(Spot spot) {
    double elsewhere =
        spot.calls().stream()
            .map(Call::name)
            .distinct()
            .mapToDouble(name -> seconds(name, spot))
            .sum();
    return Math.max(0, spot.seconds() - Math.max(elsewhere, underAnotherName(spot)));
  }

  private double underAnotherName(Spot spot) {
    if (spot.calls().isEmpty()) {
      return 0;
    }
    return profile.functions().stream()
        .filter(f -> f.calls() == spot.hits())
        .filter(f -> !f.name().endsWith(spot.function().name()))
        .mapToDouble(FunctionProfile::seconds)
        .filter(s -> s >= spot.seconds() * NEARLY_ALL && s <= spot.seconds() * ROOM)
        .max()
        .orElse(0);
  }

  /// Of several functions of one name, the costliest that fits into the statement's time. One that
  /// ran less often than the statement is another of the same name (`append`, `update`).
  private double seconds(String name, Spot spot) {
    return byName.getOrDefault(name, List.of()).stream()
        .filter(f -> f.calls() >= spot.hits() && !isItself(f, spot))
        .mapToDouble(f -> f.seconds() * Math.min(1, (double) spot.hits() / Math.max(1, f.calls())))
        .filter(s -> s <= spot.seconds() * ROOM)
        .max()
        .orElse(0);
  }

  /// `def size(self): return self.pool.size()` calls another function of its own name.
  private static boolean isItself(FunctionProfile function, Spot spot) {
    return function.name().endsWith(spot.function().name())
        && spot.function().covers(function.line());
  }
}
