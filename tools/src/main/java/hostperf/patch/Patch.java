package hostperf.patch;

import java.util.List;

/// One change to the code, of one or more existing text files, that has passed the policy. It is
/// made by `PatchReader`; its changes are in the order of their paths, one a file.
public record Patch(List<FileChange> changes) {
  public Patch {
    changes = List.copyOf(changes);
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
