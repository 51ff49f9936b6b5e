package hostperf.journal;

import hostperf.lines.LineProfile;
import hostperf.measure.LaunchCost;
import hostperf.measure.MeasuredPart;
import hostperf.profile.Observed;
import hostperf.profile.Pass;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// One profile as a run keeps it.
///
/// @param suffix of the launches, under which logs and reports lie
/// @param functions that the line profiler was put on, as it takes them
/// @param observed what the passes saw
/// @param figures of the launch without a pass that went before
/// @param drilldown calls that take much and whose inside has no hits
/// @param copies files that were imported in place of the checkout's and took time, by the latter
/// @param remarks what a reader should know: missing ranks, functions that never ran, hints
public record ProfileRecord(
    String profileId,
    String label,
    String suffix,
    List<String> functions,
    Observed observed,
    Figures figures,
    List<Drilled> drilldown,
    Map<String, String> copies,
    List<String> remarks,
    List<String> files) {
  public ProfileRecord {
    functions = List.copyOf(functions);
    drilldown = List.copyOf(drilldown);
    // Records that an earlier version wrote lack it.
    copies = Map.copyOf(Objects.requireNonNullElse(copies, Map.of()));
    remarks = List.copyOf(remarks);
    files = List.copyOf(files);
  }

  /// What the line profiler saw.
  public LineProfile lines() {
    return observed.lines();
  }

  /// @param metrics of a launch without a pass; none where the profile was read from files
  /// @param slowdowns by pass: how many times slower it made the workload, by the primary metric;
  ///     a pass of which that is not known is absent
  /// @param part of a launch that the primary metric speaks of; absent where it is not known
  /// @param plain the launch without a pass; absent where the profile was read from files
  public record Figures(
      List<Reading> metrics,
      Map<Pass, Double> slowdowns,
      Optional<MeasuredPart> part,
      Optional<Plain> plain) {

    /// @param code digest of the code that ran
    public record Plain(String code, LaunchCost cost) {}

    public Figures {
      metrics = List.copyOf(metrics);
      var ordered = new EnumMap<Pass, Double>(Pass.class);
      ordered.putAll(slowdowns);
      slowdowns = Collections.unmodifiableMap(ordered);
    }

    /// The line profiler's; 0 where it is not known.
    public double distortion() {
      return slowdowns.getOrDefault(Pass.LINES, 0.0);
    }
  }

  /// A metric's value.
  public record Reading(String name, double value, String unit) {}

  /// @param share of the root's time that the callee takes there, by samples; without samples of
  ///     its function's time that the line takes
  /// @param target the name the profiler takes; empty when the callee could not be resolved
  public record Drilled(String function, int line, double share, String callee, String target) {}
}
