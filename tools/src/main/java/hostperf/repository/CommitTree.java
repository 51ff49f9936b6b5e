package hostperf.repository;

import hostperf.patch.Tree;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

/// The files of one commit, looked up folder by folder, so that a link or a submodule on the way
/// is seen.
record CommitTree(Objects objects, ObjectId root) implements Tree {
  // Source files are far smaller; what is bigger is data.
  private static final long BIGGEST = 1 << 20;

  @Override
  public Entry at(String path) {
    ObjectId folder = root;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      String soFar = String.join("/", Arrays.copyOf(names, i + 1));
      Optional<CanonicalTreeParser> found = child(folder, names[i]);
      if (found.isEmpty()) {
        return new Entry.Absent(otherCase(root, names, 0));
      }
      int mode = found.get().getEntryRawMode();
      if (FileMode.SYMLINK.equals(mode)) {
        return new Entry.Link(soFar);
      } else if (FileMode.GITLINK.equals(mode)) {
        return new Entry.Submodule(soFar);
      } else if (!FileMode.TREE.equals(mode)) {
        boolean last = i == names.length - 1;
        return last
            ? text(found.get().getEntryObjectId().name())
            : new Entry.Absent(Optional.empty());
      }
      folder = found.get().getEntryObjectId();
    }
    return new Entry.Folder();
  }

  /// The blob of a regular file.
  Optional<String> blob(String path) {
    ObjectId folder = root;
    String[] names = path.split("/", -1);
    for (int i = 0; i < names.length; i++) {
      Optional<CanonicalTreeParser> found = child(folder, names[i]);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      ObjectId id = found.get().getEntryObjectId();
      if (i == names.length - 1) {
        boolean isFile = (found.get().getEntryRawMode() & FileMode.TYPE_MASK) == FileMode.TYPE_FILE;
        return isFile ? Optional.of(id.name()) : Optional.empty();
      }
      if (!FileMode.TREE.equals(found.get().getEntryRawMode())) {
        return Optional.empty();
      }
      folder = id;
    }
    return Optional.empty();
  }

  /// The blobs of all regular files by path, in one walk.
  Map<String, String> blobs() {
    return blobs(mode -> (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE);
  }

  /// The blobs of all regular files and of all links, whose content is where they lead.
  Map<String, String> contents() {
    return blobs(
        mode ->
            (mode & FileMode.TYPE_MASK) == FileMode.TYPE_FILE
                || (mode & FileMode.TYPE_MASK) == FileMode.TYPE_SYMLINK);
  }

  private Map<String, String> blobs(IntPredicate modes) {
    return Objects.attempt(
        () -> {
          try (var walk = new TreeWalk(objects.jgit())) {
            walk.setRecursive(true);
            walk.addTree(root);
            var blobs = new HashMap<String, String>();
            while (walk.next()) {
              if (modes.test(walk.getRawMode(0))) {
                blobs.put(walk.getPathString(), walk.getObjectId(0).name());
              }
            }
            return blobs;
          }
        });
  }

  /// Whether an entry of the root has this name, in whatever case.
  boolean hasAtRoot(String name) {
    for (var entry = objects.entries(root); !entry.eof(); entry = entry.next()) {
      if (entry.getEntryPathString().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /// UTF-8 text without NUL, or nothing.
  static Optional<String> decoded(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private Optional<CanonicalTreeParser> child(ObjectId folder, String name) {
    for (var entry = objects.entries(folder); !entry.eof(); entry = entry.next()) {
      if (entry.getEntryPathString().equals(name)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  private Optional<String> otherCase(ObjectId folder, String[] names, int depth) {
    for (var entry = objects.entries(folder); !entry.eof(); entry = entry.next()) {
      String name = entry.getEntryPathString();
      if (!name.equalsIgnoreCase(names[depth])) {
        continue;
      }
      if (depth == names.length - 1) {
        return Optional.of(name);
      }
      Optional<String> below =
          FileMode.TREE.equals(entry.getEntryRawMode())
              ? otherCase(entry.getEntryObjectId(), names, depth + 1)
              : Optional.empty();
      if (below.isPresent()) {
        return Optional.of(name + "/" + below.get());
      }
    }
    return Optional.empty();
  }

  private Entry text(String blob) {
    Optional<Long> size = objects.size(blob);
    if (size.isEmpty()) {
      return new Entry.NotText("not in this partial clone");
    }
    if (size.get() > BIGGEST) {
      return new Entry.NotText("over 1 MiB");
    }
    return decoded(objects.blob(blob))
        .<Entry>map(Entry.Text::new)
        .orElse(new Entry.NotText("not UTF-8 text"));
  }
}
