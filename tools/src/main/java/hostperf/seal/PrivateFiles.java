package hostperf.seal;

import hostperf.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Files with mode 0600 in folders with mode 0700, whatever the umask. No link is followed to one.
/// Where the file system knows no permissions, there are none.
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /// Makes the folder and what is missing above it.
  public static Path folder(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Path above = folder.toAbsolutePath().getParent();
        if (above != null) {
          var _ = folder(above);
        }
        try {
          Files.createDirectory(folder, attributes(folder, FOLDER));
          restrict(folder, FOLDER);
        } catch (FileAlreadyExistsException e) {
          // Another process was faster, or it is no folder.
          if (!Files.isDirectory(folder)) {
            throw e;
          }
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make " + folder, e);
    }
  }

  /// Takes the folder, which is this user's, from the reach of others.
  public static void close(Path folder) {
    restrict(folder, FOLDER);
  }

  /// A file written beside its place, on the disk when this is made. It takes its place by a mere
  /// renaming, which needs no room.
  public record Draft(Path file, Path target) implements AutoCloseable {
    public Path keep() {
      try {
        return Files.move(
            file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        throw new UncheckedIOException("Could not write " + target.getFileName(), e);
      }
    }

    /// Keeps it where nothing is there yet; false, and nothing is changed, where something is.
    boolean keepIfFirst() {
      try {
        Files.createLink(target, file);
        return true;
      } catch (FileAlreadyExistsException _) {
        return false;
      } catch (IOException | UnsupportedOperationException _) {
        return keepWithoutLinks();
      }
    }

    /// Where the file system has no hard links, two that come at the same moment both succeed.
    private boolean keepWithoutLinks() {
      if (Ours.exists(target)) {
        return false;
      }
      var _ = keep();
      return true;
    }

    /// Leaves nothing of a draft that was not kept.
    @Override
    public void close() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static Draft draft(Path target, byte[] content) {
    try {
      Path beside = folder(target.toAbsolutePath().resolveSibling("."));
      // Made with mode 0600.
      Path file = Files.createTempFile(beside.normalize(), ".draft", "");
      var draft = new Draft(file, target);
      try {
        restrict(file, FILE);
        Files.write(file, content, StandardOpenOption.DSYNC);
        return draft;
      } catch (IOException e) {
        draft.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + target.getFileName(), e);
    }
  }

  /// Writes a file so that a reader sees the old content or the new, never half of it. A link in
  /// its place is replaced.
  public static Path write(Path file, byte[] content) {
    try (var draft = draft(file, content)) {
      return draft.keep();
    }
  }

  /// Opens a file for reading and writing, and makes it where it is absent.
  public static FileChannel open(Path file, OpenOption... more) throws IOException {
    requireRegular(file);
    var options =
        new HashSet<OpenOption>(Set.of(StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS));
    options.addAll(Set.of(more));
    return FileChannel.open(file, options, attributes(file, FILE));
  }

  /// Empty where there is no such file.
  public static Optional<byte[]> read(Path file) {
    requireRegular(file);
    // No channel: that would be closed by the interrupt that cancels a job.
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(in.readAllBytes());
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
  }

  /// To open a pipe is to wait for its other end, perhaps for ever. A link is refused where it is
  /// met.
  private static void requireRegular(Path file) {
    if (Ours.exists(file) && !Files.isSymbolicLink(file) && !Files.isRegularFile(file)) {
      throw new Refusal(
          "%s is a folder, a pipe or a device, where hostperf has a file.".formatted(file),
          "Find out where it came from, and delete it.");
    }
  }

  /// Writes a file from its beginning, as it comes.
  public static OutputStream output(Path file) throws IOException {
    try (var _ = open(file, StandardOpenOption.WRITE)) {
      // Made, with its mode.
    }
    return Files.newOutputStream(
        file,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }

  /// Makes sure that the names in a folder outlive a loss of power.
  public static void sync(Path folder) {
    boolean interrupted = Thread.interrupted();
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not sync " + folder, e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void restrict(Path file, Set<PosixFilePermission> permissions) {
    try {
      if (knowsPermissions(file) && !Files.getPosixFilePermissions(file).equals(permissions)) {
        Files.setPosixFilePermissions(file, permissions);
      }
    } catch (IOException | UnsupportedOperationException _) {
      // A file system without permissions: everybody who reaches it may read it.
    }
  }

  private static FileAttribute<?>[] attributes(Path file, Set<PosixFilePermission> permissions) {
    return knowsPermissions(file)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  private static boolean knowsPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
