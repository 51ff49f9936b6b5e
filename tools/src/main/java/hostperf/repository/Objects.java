package hostperf.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.FS;

/// Git's objects: blobs, trees and commits, read and written. Writing one changes nothing that
/// git shows.
final class Objects {
  private final Repository repository;

  private Objects(Repository repository) {
    this.repository = repository;
  }

  static Objects of(CheckoutPaths checkout) {
    FS fs = QuietJGit.install();
    try {
      return new Objects(
          new FileRepositoryBuilder()
              .setFS(fs)
              .setGitDir(checkout.gitDir().toFile())
              .setGitCommonDir(checkout.commonDir().toFile())
              .setWorkTree(checkout.root().toFile())
              .setMustExist(true)
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Config config() {
    return repository.getConfig();
  }

  static String idOf(byte[] blob) {
    try (var formatter = new ObjectInserter.Formatter()) {
      return formatter.idFor(Constants.OBJ_BLOB, blob).name();
    }
  }

  byte[] blob(String id) {
    return attempt(() -> repository.open(ObjectId.fromString(id)).getBytes());
  }

  /// How big a blob is, or nothing when the object is not there (a partial clone).
  Optional<Long> size(String id) {
    return attempt(
        () -> {
          try {
            ObjectLoader loader = repository.open(ObjectId.fromString(id));
            return Optional.of(loader.getSize());
          } catch (MissingObjectException _) {
            return Optional.empty();
          }
        });
  }

  boolean has(String id) {
    return size(id).isPresent();
  }

  /// The root tree of a commit.
  ObjectId treeOf(String commit) {
    return attempt(
        () -> {
          try (var walk = new RevWalk(repository)) {
            return walk.parseCommit(ObjectId.fromString(commit)).getTree().copy();
          }
        });
  }

  boolean isAncestor(String old, String young) {
    return attempt(
        () -> {
          try (var walk = new RevWalk(repository)) {
            return walk.isMergedInto(
                walk.parseCommit(ObjectId.fromString(old)),
                walk.parseCommit(ObjectId.fromString(young)));
          }
        });
  }

  /// The entries of one tree, in its order.
  CanonicalTreeParser entries(ObjectId tree) {
    return attempt(
        () -> {
          try (var reader = repository.newObjectReader()) {
            return new CanonicalTreeParser(null, reader, tree);
          }
        });
  }

  String write(int type, byte[] content) {
    return attempt(
        () -> {
          try (var inserter = repository.newObjectInserter()) {
            ObjectId id = inserter.insert(type, content);
            inserter.flush();
            return id.name();
          }
        });
  }

  /// The tree with some blobs replaced, written; the other entries are copied to the byte.
  ///
  /// @param blobs ids by path relative to the tree; each path must be in it
  ObjectId treeWith(ObjectId tree, Map<String, String> blobs) {
    var out = new ByteArrayOutputStream();
    for (var entry = entries(tree); !entry.eof(); entry = entry.next()) {
      byte[] name = new byte[entry.getNameLength()];
      entry.getName(name, 0);
      out.writeBytes(Constants.encode(Integer.toOctalString(entry.getEntryRawMode()) + " "));
      out.writeBytes(name);
      out.write(0);
      String path = entry.getEntryPathString();
      String replaced = blobs.get(path);
      ObjectId id =
          replaced != null
              ? ObjectId.fromString(replaced)
              : within(entry.getEntryObjectId(), path, blobs);
      var raw = new byte[Constants.OBJECT_ID_LENGTH];
      id.copyRawTo(raw, 0);
      out.writeBytes(raw);
    }
    return ObjectId.fromString(write(Constants.OBJ_TREE, out.toByteArray()));
  }

  private ObjectId within(ObjectId entry, String name, Map<String, String> blobs) {
    var inner = new HashMap<String, String>();
    blobs.forEach(
        (path, blob) -> {
          if (path.startsWith(name + "/")) {
            inner.put(path.substring(name.length() + 1), blob);
          }
        });
    return inner.isEmpty() ? entry : treeWith(entry, inner);
  }

  Repository jgit() {
    return repository;
  }

  /// JGit gives up where the thread is interrupted. What is read here is needed to put files back
  /// as they were, so it is read to its end, and the interrupt waits.
  static <T> T attempt(Reading<T> reading) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return reading.value();
        } catch (InterruptedIOException _) {
          interrupted = true;
          var _ = Thread.interrupted();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  interface Reading<T> {
    T value() throws IOException;
  }
}
