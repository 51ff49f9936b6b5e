package hostperf.profile;

import java.util.List;
import java.util.Optional;

/// A statement that holds most of its function's time and calls something that was not profiled.
///
/// @param function qualified within its module
/// @param line where the call stands
/// @param share of the function's time in all lines of the statement, 0 to 1
/// @param callee as written, on one line and without the arguments of calls in it
public record Drill(String function, int line, double share, String callee, Found found) {

  public Optional<String> target() {
    return found instanceof Found.Resolved resolved
        ? Optional.of(resolved.target())
        : Optional.empty();
  }

  /// What the callee is.
  public sealed interface Found {
    /// @param target as the profiler takes it: `module.Class.method` or `module::function`
    /// @param file relative to the checkout
    /// @param line of the `def`
    /// @param compiled the compiled file beside it, which runs in its stead
    record Resolved(String target, String file, int line, Optional<String> compiled)
        implements Found {}

    /// @param reason why the source does not tell
    /// @param candidates functions of that name on the target's hot path
    record Unresolved(String reason, List<String> candidates) implements Found {
      public Unresolved {
        candidates = List.copyOf(candidates);
      }
    }
  }
}
