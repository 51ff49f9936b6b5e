package hostperf.run;

import hostperf.measure.MeasuredPart;
import hostperf.profile.LineProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One profile as a run keeps it.
///
/// @param suffix of the launches, under which logs and reports lie
/// @param functions that were profiled, as the profiler takes them
/// @param lines the last report of the drill-down, which has every function
/// @param figures of the unprofiled launch that went before
/// @param drilldown how it was found where to look deeper
/// @param remarks what a reader should know: missing ranks, functions that never ran, hints
public record ProfileRecord(
    String profileId,
    String label,
    String suffix,
    List<String> functions,
    LineProfile lines,
    Figures figures,
    List<Drilled> drilldown,
    List<String> remarks,
    List<String> files) {
  public ProfileRecord {
    functions = List.copyOf(functions);
    drilldown = List.copyOf(drilldown);
    remarks = List.copyOf(remarks);
    files = List.copyOf(files);
  }

  /// @param metrics by name, from an unprofiled launch
  /// @param distortion how many times slower the profiled launch was; 0 when it cannot be told
  /// @param part of a launch that the primary metric speaks of; absent where it is not known
  public record Figures(
      Map<String, Double> metrics, double distortion, Optional<MeasuredPart> part) {}

  /// @param share of its function's time that the line takes
  /// @param target the name the profiler takes; empty when the callee could not be resolved
  public record Drilled(String function, int line, double share, String callee, String target) {}
}
