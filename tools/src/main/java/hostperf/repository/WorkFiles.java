package hostperf.repository;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Optional;

/// Files on disk: read by their very bytes, and replaced so that at any moment either the old or
/// the new content is there, whole.
record WorkFiles(CheckoutPaths checkout) {

  /// The bytes of a regular file, nothing where there is none; a link on the way, which could
  /// lead out of the checkout, counts as none.
  Optional<byte[]> bytes(String path) {
    Path at = checkout.root();
    for (Path name : Path.of(path)) {
      at = at.resolve(name);
      if (Files.isSymbolicLink(at)) {
        return Optional.empty();
      }
    }
    try {
      return Files.isRegularFile(at) ? Optional.of(Files.readAllBytes(at)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The blob id that the file's bytes have, nothing where there is no regular file.
  Optional<String> blob(String path) {
    return bytes(path).map(Objects::idOf);
  }

  /// Writes a file that is later moved over `target`, with its mode and owner, safe on disk.
  static void stage(Path temporary, byte[] content, Path target) {
    try {
      // No channel: that would be closed by the interrupt that cancels a job.
      try (var file = new FileOutputStream(temporary.toFile())) {
        file.write(content);
        file.getFD().sync();
      }
      if (Files.exists(target)) {
        copyOwnerAndMode(target, temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void moveOver(Path temporary, Path target) {
    try {
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(target.resolveSibling("."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void syncFolder(Path path) throws IOException {
    boolean interrupted = Thread.interrupted();
    try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
      folder.force(true);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes what Python has compiled from the file: it tells old from new by size and by the
  /// second of the change, and a swap can keep both.
  static void deleteBytecode(Path source) {
    String name = source.getFileName().toString();
    Path cache = source.resolveSibling("__pycache__");
    if (!name.endsWith(".py") || !Files.isDirectory(cache, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String stem = name.substring(0, name.length() - 3) + ".";
    try (DirectoryStream<Path> compiled =
        Files.newDirectoryStream(
            cache,
            p ->
                p.getFileName().toString().startsWith(stem)
                    && p.getFileName().toString().endsWith(".pyc"))) {
      compiled.forEach(WorkFiles::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void copyOwnerAndMode(Path from, Path to) throws IOException {
    PosixFileAttributes wanted = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes now = Files.readAttributes(to, PosixFileAttributes.class);
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    // Run as root in a container, the checkout's files stay the user's.
    if (!now.owner().equals(wanted.owner())) {
      view.setOwner(wanted.owner());
    }
    if (!now.group().equals(wanted.group())) {
      view.setGroup(wanted.group());
    }
    view.setPermissions(wanted.permissions());
  }
}
