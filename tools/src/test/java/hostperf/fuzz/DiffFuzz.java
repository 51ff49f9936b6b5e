package hostperf.fuzz;

import hostperf.Refusal;
import hostperf.patch.Edit;
import hostperf.patch.FileChange;
import hostperf.patch.PatchPolicy;
import hostperf.patch.PatchReader;
import hostperf.patch.Tree;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.patch.PatchApplier;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/// A unified diff is applied exactly or refused: only editable files change; the change, printed as
/// a diff and read again, is the same change; and where JGit applies the text too, both results are
/// the same. Text with U+0000 is three: an edit's file, old and new.
public final class DiffFuzz {
  private static final Map<String, String> FILES =
      Map.of(
          "pkg/a.py", "one\ntwo\nthree\nfour\nfive\nsix\nseven\n",
          "pkg/crlf.py", "one\r\ntwo\r\nthree\r\n",
          "pkg/noend.py", "x = 1\ny = 2",
          "tests/test_a.py", "one\ntwo\n",
          "other.py", "one\ntwo\n");
  private static final PatchPolicy POLICY = new PatchPolicy(List.of("pkg/**"), List.of());
  private static final PatchReader READER = new PatchReader(POLICY, DiffFuzz::at);

  private DiffFuzz() {}

  private static Tree.Entry at(String path) {
    return Optional.ofNullable(FILES.get(path))
        .<Tree.Entry>map(Tree.Entry.Text::new)
        .orElseGet(() -> new Tree.Entry.Absent(Optional.empty()));
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    var text = new String(bytes, StandardCharsets.UTF_8);
    try {
      var parts = text.split("\0", 3);
      if (parts.length == 3) {
        edit(new Edit(parts[0], parts[1], parts[2]));
      } else {
        diff(text);
      }
    } catch (Refusal refusal) {
      require(refusal.why().length() < 20_000, "a refusal of %d".formatted(refusal.why().length()));
    }
  }

  private static void edit(Edit edit) {
    var patch = READER.ofEdits(List.of(edit));
    var change = patch.changes().getFirst();
    require(POLICY.allows(change.path()), "outside policy: " + change.path());
    int at = change.before().indexOf(edit.oldText());
    require(at >= 0 && at == change.before().lastIndexOf(edit.oldText()), "ambiguous");
    require(change.after().equals(change.before().replace(edit.oldText(), edit.newText())), "edit");
  }

  private static void diff(String text) {
    var patch = READER.ofDiff(text);
    for (FileChange change : patch.changes()) {
      require(POLICY.allows(change.path()), "outside policy: " + change.path());
      require(change.before().equals(FILES.get(change.path())), "another file");
    }
    require(READER.ofDiff(patch.diff()).equals(patch), "printed and read again");
    // The note may be translated; JGit knows the English one alone.
    var other =
        text.lines().anyMatch(l -> l.startsWith("\\") && !l.equals("\\ No newline at end of file"))
            ? Optional.<Map<String, String>>empty()
            : byJGit(text);
    for (FileChange change : patch.changes()) {
      other.ifPresent(
          files -> require(change.after().equals(files.get(change.path())), "JGit differs"));
    }
  }

  /// What JGit makes of the diff, where it takes it.
  private static Optional<Map<String, String>> byJGit(String text) {
    try (var repository = new InMemoryRepository(new DfsRepositoryDescription("fuzz"));
        ObjectInserter inserter = repository.newObjectInserter();
        var walk = new RevWalk(repository)) {
      var index = DirCache.newInCore();
      var builder = index.builder();
      for (var file : FILES.entrySet()) {
        var entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(FileMode.REGULAR_FILE);
        var content = file.getValue().getBytes(StandardCharsets.UTF_8);
        entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, content));
        builder.add(entry);
      }
      builder.finish();
      var root = index.writeTree(inserter);
      inserter.flush();
      var tree = walk.parseTree(root);
      var diff = new org.eclipse.jgit.patch.Patch();
      diff.parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
      if (!diff.getErrors().isEmpty()) {
        return Optional.empty();
      }
      var result = new PatchApplier(repository, tree, inserter).applyPatch(diff);
      if (!result.getErrors().isEmpty()) {
        return Optional.empty();
      }
      inserter.flush();
      var after = new HashMap<String, String>();
      try (var files = new TreeWalk(repository, repository.newObjectReader())) {
        files.addTree(result.getTreeId());
        files.setRecursive(true);
        while (files.next()) {
          var blob = files.getObjectReader().open(files.getObjectId(0)).getBytes();
          after.put(files.getPathString(), new String(blob, StandardCharsets.UTF_8));
        }
      }
      return Optional.of(after);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException _) {
      // JGit's own stumbling is not looked at here.
      return Optional.empty();
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
