package hostperf.profile;

import hostperf.host.Finished;
import hostperf.lines.LineProfileReader;
import hostperf.lines.ProfileMerge;
import hostperf.lines.ProfileReport;
import hostperf.metric.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One launch of the workload.
///
/// @param log the whole output
/// @param profile present for a profiled launch
public record Launch(
    Finished finished,
    Path log,
    Metrics metrics,
    OutputDigest output,
    Optional<ProfileFiles> profile) {

  /// The workload ended by itself, well, with every metric.
  public boolean isComplete() {
    return finished.succeeded() && metrics.missing().isEmpty();
  }

  /// What a profiled launch left.
  ///
  /// @param reports one a process or rank, sorted by name
  /// @param missing processes or ranks without a report, each with why
  /// @param targets what became of each function that was asked for; empty where the workload
  ///     profiles itself and does not tell
  /// @param modules their names by file, where the interpreters told
  /// @param remarks what else a reader of the profile should know, such as compiled twins
  /// @param timing what a reader of its times should know
  /// @param root its calls under the profiler, where that was on it
  public record ProfileFiles(
      List<Path> reports,
      List<String> missing,
      List<TargetNote> targets,
      List<String> remarks,
      List<String> timing,
      Map<String, String> modules,
      RootCalls root) {
    public ProfileFiles {
      reports = List.copyOf(reports);
      missing = List.copyOf(missing);
      targets = List.copyOf(targets);
      remarks = List.copyOf(remarks);
      timing = List.copyOf(timing);
      modules = Map.copyOf(modules);
    }

    /// All reports added up.
    public ProfileReport merged() {
      var merge = new ProfileMerge();
      reports.forEach(report -> LineProfileReader.read(report, merge));
      return merge.report();
    }
  }

  /// What became of a function that was to be profiled.
  ///
  /// @param remark why it could not be found, or what to bear in mind; may be empty
  public record TargetNote(String function, State state, String remark) {
    /// From nothing to all.
    public enum State {
      NOT_FOUND,
      NEVER_RAN,
      RAN
    }
  }
}
