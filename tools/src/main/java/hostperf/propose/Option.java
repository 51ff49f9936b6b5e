package hostperf.propose;

import hostperf.classify.Hotspot;
import hostperf.patch.FileChange;
import java.util.List;
import java.util.Optional;

/// One way to remove a hotspot's cost.
///
/// @param id `A` to `D`
/// @param pattern id of the catalogue pattern it comes from
/// @param savings never more than the hotspot has
/// @param advice what a reader needs to decide
/// @param draft the edit, where one can be drawn up from what was seen
public record Option(
    String id,
    String pattern,
    String title,
    Savings savings,
    Advice advice,
    Optional<Draft> draft) {

  public boolean changesNothing() {
    return pattern.equals(LeaveIt.PATTERN);
  }

  /// @param seconds over the whole profile
  /// @param share 0 to 1
  /// @param of the root whose time the share is of, by samples; absent for all profiled time
  public record Savings(double seconds, double share, Optional<String> of) {
    /// By samples it is; the line profiler counts what a line calls for the line.
    boolean isOwn() {
      return of.isPresent();
    }

    /// Completes "12% of …".
    public String ofWhat() {
      return Hotspot.Cost.ofWhat(of);
    }
  }

  /// @param complexity `trivial`, `small`, `moderate` or `large`
  /// @param mustHold the facts that make the change safe
  /// @param validation how to be sure it worked
  public record Advice(
      String description,
      Risk risk,
      String complexity,
      List<MustHold> mustHold,
      String validation) {
    public Advice {
      mustHold = List.copyOf(mustHold);
    }
  }

  /// A fact that has to hold, and whether it was seen to hold in this code.
  public record MustHold(String fact, Seen seen) {}

  public enum Seen {
    SEEN,
    NOT_SEEN,
    UNKNOWN
  }

  /// A drafted edit: one change a file.
  ///
  /// @param by who drew it up: `server` or `model`
  public record Draft(String by, List<FileChange> changes) {
    public Draft {
      changes = List.copyOf(changes);
    }

    public Draft(List<FileChange> changes) {
      this("server", changes);
    }
  }
}
