package hostperf.server;

import hostperf.seal.Ours;
import hostperf.seal.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's own temporary folder, which the launcher makes: libraries unpack their native
/// code into it. It goes at the end of the process; what killed ones have left goes at the next
/// start.
final class OwnTemporary {
  private static final Logger LOG = LoggerFactory.getLogger(OwnTemporary.class);
  private static final String FOLDERS = "hostperf-tmp-*";
  private static final String LOCK = "lock";

  /// A process that has just begun may not have taken its lock yet.
  private static final Duration NEW = Duration.ofMinutes(1);

  private OwnTemporary() {}

  /// Takes the folder that the launcher named, if any.
  static void adopt() {
    var folder = Optional.ofNullable(System.getProperty("hostperf.tmp")).map(Path::of);
    if (folder.isEmpty()) {
      return;
    }
    try {
      // The operating system gives it back however the process ends.
      var channel = PrivateFiles.open(folder.get().resolve(LOCK), StandardOpenOption.WRITE);
      var lock = channel.lock();
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(
                      () -> {
                        delete(folder.get());
                        LOG.debug("gave back {}", lock);
                      }));
      Thread.ofVirtual().start(() -> sweep(folder.get()));
    } catch (IOException e) {
      LOG.debug("no lock in {}", folder.get(), e);
    }
  }

  /// Deletes the folders of this user's processes that are no more.
  ///
  /// @param own is not looked into: closing its lock once more would give it up
  static void sweep(Path own) {
    var shared = own.resolveSibling("");
    try (var folders = Files.newDirectoryStream(shared, FOLDERS)) {
      for (Path folder : folders) {
        if (!folder.equals(own)
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Ours.owns(folder)
            && isAbandoned(folder)) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      LOG.debug("could not sweep {}", shared, e);
    }
  }

  private static boolean isAbandoned(Path folder) throws IOException {
    var lock = folder.resolve(LOCK);
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      var made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS).toInstant();
      return made.isBefore(Instant.now().minus(NEW));
    }
    try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      return channel.tryLock() != null;
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path below, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(below);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      LOG.debug("could not delete {}", folder, e);
    }
  }
}
