package hostperf.measure;

import hostperf.measure.touched.SpotChange;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The answer of `validate`: its components are the fields of that tool's answer.
///
/// @param hotspot its cost before and after, where both profiles have it
/// @param metrics the primary one first
/// @param points what the deciding metric says at each; empty where the workload has none
/// @param reason what decided, the primary metric's numbers first
/// @param warnings what a reviewer should know although it did not decide
public record Validation(
    Verdict verdict,
    Decision decision,
    Optional<SpotChange> hotspot,
    Optional<SpotChange> function,
    List<MetricChange> metrics,
    List<PointChange> points,
    Outputs outputs,
    Counts samples,
    String reason,
    List<String> warnings) {
  public Validation {
    metrics = List.copyOf(metrics);
    // Records that an earlier version wrote lack it.
    points = List.copyOf(Objects.requireNonNullElse(points, List.of()));
    warnings = List.copyOf(warnings);
  }

  /// How much was measured.
  ///
  /// @param pairs that were judged
  /// @param launches in all, warm-ups too
  /// @param failed launches that gave no sample
  /// @param voided launches that do not count, since someone changed the code meanwhile
  public record Counts(int pairs, int launches, int failed, int voided) {
    static Counts of(List<Sample> samples) {
      return new Counts(
          Schedule.complete(samples).size(),
          samples.size(),
          (int) samples.stream().filter(s -> s.launched().failure().isPresent()).count(),
          (int) samples.stream().filter(s -> s.voided().isPresent()).count());
    }
  }
}
