package hostperf.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
record WorkFiles(Checkout checkout) {

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
      try (var channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
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
      try (var folder = FileChannel.open(target.resolveSibling("."), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
