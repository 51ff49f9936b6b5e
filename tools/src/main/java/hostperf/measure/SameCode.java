package hostperf.measure;

import hostperf.verdict.Noise;
import hostperf.verdict.Plan;
import hostperf.verdict.Rule;
import hostperf.verdict.Shift;
import hostperf.verdict.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the same code differed by between neighbouring launches of one measurement: in ABBA order a
/// version follows itself from one pair to the next, so it costs no launch of its own.
///
/// @param size of the difference, estimated as a patch's gain is
/// @param bound of that size, at 95%
/// @param noise of one such difference
public record SameCode(double size, double bound, Noise noise) {
  /// Absent where there are too few to bound the difference, or several metrics decide together.
  public static Optional<SameCode> of(Question question, List<Sample> samples) {
    var complete = Schedule.complete(samples);
    if (question.metrics().size() > 1 || question.units() != Units.LAUNCHES) {
      return Optional.empty();
    }
    var metric = question.metric();
    List<List<Sample>> same = new ArrayList<>();
    for (int i = 1; i < complete.size(); i++) {
      var before = complete.get(i - 1);
      var after = complete.get(i);
      boolean endsWithBase = Plan.first(before.getFirst().slot().pair()) == Side.CANDIDATE;
      same.add(
          endsWithBase
              ? List.of(before.getFirst(), after.getFirst())
              : List.of(before.getLast(), after.getLast()));
    }
    var pairs = Pairs.of(metric.name(), same);
    if (pairs.size() < Rule.LEAST) {
      return Optional.empty();
    }
    var shift = new Shift(metric.better(), pairs);
    var interval = shift.interval(Rule.ONE_LOOK);
    return Optional.of(
        new SameCode(
            Math.abs(shift.estimate()),
            Math.max(Math.abs(interval.low()), Math.abs(interval.high())),
            Noise.ofSame(metric.better(), pairs)));
  }
}
