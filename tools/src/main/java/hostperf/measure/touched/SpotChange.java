package hostperf.measure.touched;

import hostperf.classify.Hotspot.Place;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.patch.FileChange;
import hostperf.patch.LineMap;
import hostperf.patch.LineMap.Span;
import hostperf.patch.LineMap.Stretch;
import java.util.List;
import java.util.Optional;

/// The same place in the profiles before and after a patch, by its cost per step: where a patch
/// calls a function less often, the calls that cost most can remain, so that a call costs more and
/// the step less. A line that the patch rewrote is compared as the whole stretch it stands in; a
/// line that is gone costs 0.
public record SpotChange(CodeCost before, CodeCost after) {

  /// How much of the cost per step went, 0 to 1; negative when it rose.
  public double fell() {
    return 1 - factor();
  }

  /// The cost per step after, as a multiple of the one before; 1 where there was none.
  public double factor() {
    double was = before.perStepSeconds();
    return was == 0 ? 1 : after.perStepSeconds() / was;
  }

  /// The hotspot's line, followed through the change of its file. Absent when one of the
  /// profiles lacks the function, so nothing can be said.
  public static Optional<SpotChange> ofLine(
      Place place,
      List<FileChange> changes,
      LineProfile before,
      LineProfile after,
      StepCounts steps) {
    Stretch lines =
        changes.stream()
            .filter(change -> SameFile.is(change.path(), place.file()))
            .findFirst()
            .map(change -> followed(place.line(), LineMap.of(change)))
            .orElseGet(() -> new Stretch(only(place.line()), only(place.line())));
    return function(place.function(), place.file(), before)
        .flatMap(
            was ->
                function(place.function(), place.file(), after)
                    .map(
                        is ->
                            new SpotChange(
                                cost(was, lines.before(), steps.before()),
                                cost(is, lines.after(), steps.after()))));
  }

  /// The whole function that the hotspot stands in.
  public static Optional<SpotChange> ofFunction(
      Place place, LineProfile before, LineProfile after, StepCounts steps) {
    return function(place.function(), place.file(), before)
        .flatMap(
            was ->
                function(place.function(), place.file(), after)
                    .map(is -> new SpotChange(cost(was, steps.before()), cost(is, steps.after()))));
  }

  private static Stretch followed(int line, LineMap map) {
    var after = map.after(line);
    if (after.isPresent()) {
      return new Stretch(only(line), only(after.getAsInt()));
    }
    return map.stretches().stream()
        .filter(stretch -> stretch.before().contains(line))
        .findFirst()
        .orElseGet(() -> new Stretch(only(line), new Span(1, 0)));
  }

  private static Span only(int line) {
    return new Span(line, line);
  }

  static Optional<FunctionProfile> function(String name, String file, LineProfile profile) {
    return profile.functions().stream()
        .filter(function -> function.name().equals(name))
        .filter(function -> SameFile.is(function.file(), file))
        .findFirst();
  }

  private static CodeCost cost(FunctionProfile function, long steps) {
    return new CodeCost(function.calls(), function.seconds(), steps);
  }

  private static CodeCost cost(FunctionProfile function, Span span, long steps) {
    var lines = function.lines().stream().filter(cost -> span.contains(cost.line())).toList();
    return new CodeCost(
        lines.stream().mapToLong(LineCost::hits).sum(),
        lines.stream().mapToDouble(LineCost::seconds).sum(),
        steps);
  }
}
