package hostperf.patch;

import java.util.List;

/// One change to the code, of one or more existing text files, that has passed the policy. It is
/// made by `PatchReader`; its changes are in the order of their paths, one a file.
///
/// @param notes where a diff was applied otherwise than it says
public record Patch(List<FileChange> changes, List<String> notes) {
  public Patch {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  public Patch(List<FileChange> changes) {
    this(changes, List.of());
  }

  public List<String> files() {
    return changes.stream().map(FileChange::path).toList();
  }

  /// Lines added and removed.
  public int lines() {
    return changes.stream().mapToInt(c -> LineMap.of(c).changedLines()).sum();
  }

  /// The change as `git diff` would print it.
  public String diff() {
    return UnifiedDiff.render(changes);
  }
}
