package hostperf.profile;

import hostperf.Refusal;
import java.util.List;
import java.util.Optional;

/// What is to be profiled, and how the profiler gets there.
///
/// @param functions `module.Class.method` or `module::function`
/// @param root the one of these whose calls are timed as a whole; absent for none
public record Profiling(Attach attach, List<String> functions, Optional<String> root) {
  /// Without a root.
  public Profiling(Attach attach, List<String> functions) {
    this(attach, functions, Optional.empty());
  }

  public Profiling {
    functions = functions.stream().map(String::strip).distinct().toList();
    for (String function : functions) {
      // The list travels comma-separated, and a name is a path of identifiers.
      if (!function.matches("[\\p{L}\\p{N}_]+([.:]{1,2}[\\p{L}\\p{N}_]+)+")) {
        throw new Refusal(
            "`" + function + "` is not the name of a function that can be profiled.",
            "Write it as `module.Class.method` or `module::function`.");
      }
    }
  }

  /// The way in.
  public enum Attach {
    /// The workload reads `TLLM_LINE_PROFILER_*` and profiles itself.
    ENVIRONMENT,
    /// We wrap the functions in every Python process of the workload.
    INJECT
  }
}
