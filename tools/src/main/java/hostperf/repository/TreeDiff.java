package hostperf.repository;

import hostperf.Refusal;
import hostperf.repository.Intent.FileMove;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/// In which files two commits differ. hostperf's own commits only change the content of regular
/// files; anything else came from somebody else's commit and is refused.
final class TreeDiff {
  private TreeDiff() {}

  static List<FileMove> between(Objects objects, String from, String to) {
    return Objects.attempt(
        () -> {
          try (var walk = new TreeWalk(objects.jgit())) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(objects.treeOf(from));
            walk.addTree(objects.treeOf(to));
            var moves = new ArrayList<FileMove>();
            while (walk.next()) {
              moves.add(move(walk));
            }
            return moves;
          }
        });
  }

  private static FileMove move(TreeWalk walk) {
    int mode = walk.getRawMode(0);
    boolean isFile = (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
    if (!isFile || walk.getRawMode(1) != mode) {
      throw new Refusal(
          "A commit that hostperf did not make adds, removes or changes the kind of "
              + walk.getPathString()
              + ".",
          "Take that commit off the run's branch with git, or switch branches by hand.");
    }
    ObjectId before = walk.getObjectId(0);
    return new FileMove(walk.getPathString(), before.name(), walk.getObjectId(1).name());
  }
}
