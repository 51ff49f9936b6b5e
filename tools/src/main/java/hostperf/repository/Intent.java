package hostperf.repository;

import java.util.List;
import java.util.Optional;

/// A move of the checkout from one state to another, written down before it is made.
///
/// It names every place that changes with its value before and after, so that a later process can
/// tell how far it went, go on, or go back. All values are plain text, for the journal.
///
/// @param id names the locks and files of this move; no other move has it
/// @param refs refs to move or create, in this order
/// @param head what HEAD has to name before, and names after; the same where it does not move.
///     Empty for a swap, which does not care
/// @param files work-tree files, and their index entries where `scope` says so
public record Intent(
    String id, List<RefMove> refs, Optional<HeadMove> head, List<FileMove> files, Scope scope) {
  public Intent {
    refs = List.copyOf(refs);
    files = List.copyOf(files);
  }

  /// @param from the commit it has to be on; empty when it must not exist
  /// @param to the commit it will be on; empty when it is to go
  /// @param note line for the reflog
  public record RefMove(String name, Optional<String> from, Optional<String> to, String note) {}

  /// @param before and `after`: a ref's full name, or a commit when detached
  public record HeadMove(String before, String after) {}

  /// @param before and `after`: ids of the blobs
  public record FileMove(String path, String before, String after) {}

  /// What a move covers, and what becomes of it after a crash.
  public enum Scope {
    /// Work tree, index and refs; is finished after a crash.
    COMMIT,
    /// Work tree only; is undone after a crash.
    SWAP
  }

  /// The way back.
  public Intent inverse() {
    return new Intent(
        id,
        refs.reversed().stream()
            .map(r -> new RefMove(r.name(), r.to(), r.from(), "undo: " + r.note()))
            .toList(),
        head.map(h -> new HeadMove(h.after(), h.before())),
        files.stream().map(f -> new FileMove(f.path(), f.after(), f.before())).toList(),
        scope);
  }
}
