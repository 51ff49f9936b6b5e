package hostperf.repository;

import hostperf.Refusal;
import hostperf.repository.Intent.FileMove;
import hostperf.repository.Places.At;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The versions of files that a recovery may put in place: those of HEAD, of the commits that the
/// move leads between, and of those that the run began from or made.
final class KnownVersions {
  private final List<CommitTree> trees;

  KnownVersions(
      CheckoutPaths checkout, Objects objects, Intent intent, Collection<String> commits) {
    Stream<String> moved =
        intent.refs().stream().flatMap(r -> Stream.concat(r.from().stream(), r.to().stream()));
    trees =
        Stream.of(new Refs(checkout).headCommit().stream(), moved, commits.stream())
            .flatMap(s -> s)
            .distinct()
            .filter(objects::has)
            .map(commit -> new CommitTree(objects, objects.treeOf(commit)))
            .toList();
  }

  /// Refuses an intent that would put something else in a file's place.
  void require(Intent intent, Places places) {
    for (FileMove move : intent.files()) {
      boolean isWritten = places.file(move) == At.BEFORE && !move.before().equals(move.after());
      if (isWritten && !knows(move.path(), move.after())) {
        throw new Refusal(
            "%s is left as it is: neither HEAD nor a commit of the run has the content %s for it."
                .formatted(move.path(), move.after()),
            "Put the file right with git; `git diff HEAD -- %s` shows how it differs."
                .formatted(move.path()));
      }
    }
  }

  private boolean knows(String path, String blob) {
    return trees.stream().anyMatch(t -> t.blob(path).equals(Optional.of(blob)));
  }
}
