package hostperf.run;

import hostperf.lines.FunctionProfile;
import hostperf.lines.Hint;
import hostperf.lines.Hints;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// What the hit counts of a profile hint at, as remarks on it.
final class HintWords {
  /// Hints of more functions than these would bury what matters.
  private static final int FUNCTIONS = 5;

  private HintWords() {}

  /// Of the longest functions, the longest first.
  ///
  /// @param isSampled whether times come from elsewhere, so that these say nothing
  static List<String> of(LineProfile profile, boolean isSampled) {
    return profile.functions().stream()
        .sorted(Comparator.comparingDouble(FunctionProfile::seconds).reversed())
        .limit(FUNCTIONS)
        .flatMap(
            f ->
                Hints.of(f).stream()
                    .filter(h -> !isSampled || !(h instanceof Hint.RepeatedLines))
                    .map(h -> "%s: %s".formatted(f.name(), words(h))))
        .toList();
  }

  private static String words(Hint hint) {
    return switch (hint) {
      case Hint.LoopOverOne(LineCost header, long reached) ->
          "the loop at line %d runs exactly once each of the %,d times it is reached."
              .formatted(header.line(), reached);
      case Hint.NestedLoop(LineCost line, double perCall, double perOuterTurn) ->
          String.format(
              Locale.ROOT,
              "line %d is in a nested loop: %.0f hits per call of the function, %.0f per iteration of"
                  + " the outer loop.",
              line.line(),
              perCall,
              perOuterTurn);
      case Hint.RepeatedLines(List<LineCost> lines, _, double share) ->
          String.format(
              Locale.ROOT,
              "lines %s have the same text and take %.1f%% of the function together.",
              lines.stream().map(l -> Integer.toString(l.line())).collect(Collectors.joining(", ")),
              share * 100);
    };
  }
}
