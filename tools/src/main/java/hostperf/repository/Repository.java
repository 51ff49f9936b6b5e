package hostperf.repository;

import hostperf.patch.FileChange;
import hostperf.patch.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A checkout under git, as hostperf may change it.
///
/// It never runs a hook or a filter, never touches the user's staged changes, untracked files or
/// other files than those of a move, and never drops a commit that is not its own. Commits are
/// named by their full hexadecimal id, files by paths relative to the root, with `/`.
///
/// A change is made in three steps: the intent is asked for (which reads, judges and writes
/// nothing), the caller writes it into its journal, then it is performed. After a crash
/// `recover` brings the intent that was last journaled to an end.
public interface Repository {
  /// Refuses, naming what is in the way, a checkout whose form or state cannot be kept safe: bare,
  /// SHA-256, sparse, split index, without a commit, amid a merge or rebase.
  void requireFit();

  /// The commit that HEAD stands on.
  String head();

  /// What HEAD names: `refs/heads/main`, or a commit when it is detached.
  String headName();

  /// The files of a commit.
  Tree tree(String commit);

  /// The paths that the index holds, in its order.
  List<String> tracked();

  /// Which of these files are not as HEAD has them, in the work tree or in the index.
  List<Dirty> dirty(Collection<String> paths);

  /// What lies in the checkout now.
  CheckoutState state();

  /// Deletes what Python has compiled from the commit's files, so that a run compiles them anew:
  /// it would take a file in `__pycache__` for the source of the same time and size.
  void forgetBytecode();

  /// The uncommitted changes of the tracked files that `paths` accepts.
  Uncommitted uncommitted(Predicate<String> paths);

  /// Writes a commit on top of HEAD, unsigned, with these files replaced; no ref, no file and no
  /// index entry changes. Answers its id.
  String prepareCommit(List<FileChange> changes, String message);

  /// To move `branch` and the checkout forward to a commit made by `prepareCommit`. Where HEAD
  /// is not on the branch yet, the branch is created and HEAD put on it. Refused when one of the
  /// commit's files is dirty, unless it already holds what the commit has.
  Intent advance(String branch, String commit);

  /// To move `branch`, which HEAD is on, and the checkout back from the commit `from` to `to`,
  /// and to keep `from` under the ref `keep`. Refused when the branch is elsewhere than on `from`
  /// or the user has changed one of the files.
  Intent rollback(String branch, String from, String to, String keep);

  /// To leave `branch`, which HEAD is on and which is on `tip`, for what HEAD named when the run
  /// began. Its files come back, so it has to be still on `base`. The branch stays.
  Intent finish(String branch, String tip, String originalHeadName, String base);

  /// To put files' content as of `commit` in the work tree for a while; index and HEAD stay. The
  /// way back is the intent's inverse.
  Intent swapIn(String commit, Collection<String> paths);

  /// Does what the intent says, or throws and has done nothing.
  void perform(Intent intent);

  /// Ends what an intent began before a crash: forward, or back where it cannot or should not go
  /// on, and takes away the locks and files that were left. Does no harm when nothing is to do.
  ///
  /// @param commits whose versions of files may be put in place, beside HEAD's and those of the
  ///     commits that the intent names; anything else is refused before a file is touched
  Recovered recover(Intent intent, Collection<String> commits);

  /// Whether the index or HEAD has a file in this folder at the root, in whatever case its name is
  /// written.
  boolean tracks(String folder);

  /// The files in which two commits differ.
  List<String> changedFiles(String from, String to);

  /// The text of a file in a commit.
  default Optional<String> content(String commit, String path) {
    return tree(commit).at(path) instanceof Tree.Entry.Text(String content)
        ? Optional.of(content)
        : Optional.empty();
  }
}
