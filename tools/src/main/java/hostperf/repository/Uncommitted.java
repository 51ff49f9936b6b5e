package hostperf.repository;

import hostperf.patch.FileChange;
import java.util.List;

/// What the user has changed and not committed.
///
/// @param changes from HEAD to the work tree, one a file
/// @param leftOut changed files that cannot be adopted, with the reason
public record Uncommitted(List<FileChange> changes, List<Dirty> leftOut) {
  public Uncommitted {
    changes = List.copyOf(changes);
    leftOut = List.copyOf(leftOut);
  }
}
