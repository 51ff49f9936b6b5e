package hostperf.repository;

import hostperf.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Repository;

/// What has to hold before a move is planned, and the words of each refusal.
final class MovePreconditions {
  private static final String BRANCHES = "refs/heads/";

  private MovePreconditions() {}

  static String ref(String branch) {
    String ref = BRANCHES + branch;
    if (!Repository.isValidRefName(ref)) {
      throw new Refusal(branch + " is not a branch name for git.", "Choose another name.");
    }
    return ref;
  }

  static void requireClean(List<Dirty> dirty) {
    if (!dirty.isEmpty()) {
      String list =
          dirty.stream().map(d -> d.path() + " " + d.reason()).collect(Collectors.joining("; "));
      throw new Refusal(
          "Files of this change are not as HEAD has them: " + list + ".",
          "Commit or stash them with git, or adopt your own change as the round's patch:"
              + " `apply_patch` with `from_worktree: true`.");
    }
  }

  /// Git keeps branches as files: none can be named like the folder of another.
  static void requireRoom(Refs refs, String ref) {
    for (Path at = Path.of(ref).getParent(); at != null; at = at.getParent()) {
      String name = at.toString();
      if (refs.commit(name).isPresent()) {
        throw new Refusal(
            "A branch is named "
                + name.substring(BRANCHES.length())
                + ", so none can lie below it.",
            "Rename it with `git branch -m`.");
      }
    }
    if (Files.isDirectory(refs.file(ref)) && hasEntries(refs.file(ref))) {
      throw new Refusal("Branches lie below " + ref + ".", "Rename them with `git branch -m`.");
    }
  }

  static void requireOn(Refs refs, String branch, String commit) {
    String ref = BRANCHES + branch;
    if (!refs.headName().equals(ref)) {
      throw new Refusal(
          "The checkout is on " + refs.headName() + ", not on the run's branch " + branch + ".",
          "Switch to it: `git switch " + branch + "`.");
    }
    Optional<String> now = refs.commit(ref);
    if (!now.equals(Optional.of(commit))) {
      throw moved(branch, now.orElse("nothing"), commit);
    }
  }

  static void requireStillAt(Refs refs, String headName, String base) {
    boolean isBranch = Refs.isBranch(headName);
    Optional<String> now = isBranch ? refs.commit(headName) : Optional.of(headName);
    if (!now.equals(Optional.of(base))) {
      String shown = isBranch ? headName.substring(BRANCHES.length()) : headName;
      throw new Refusal(
          "%s is on %s now; when the run began it was on %s."
              .formatted(shown, now.orElse("nothing"), base),
          "Switch by git itself: `git switch " + shown + "`.");
    }
  }

  static Refusal moved(String branch, String now, String expected) {
    return new Refusal(
        "The branch %s is on %s, not on %s: somebody else has committed there or moved it, and hostperf drops no commit that it did not make."
            .formatted(branch, now, expected),
        "Keep those commits on a branch of their own, then `git reset --hard " + expected + "`.");
  }

  private static boolean hasEntries(Path folder) {
    return Objects.attempt(
        () -> {
          try (var entries = Files.walk(folder)) {
            return entries.anyMatch(Files::isRegularFile);
          }
        });
  }
}
