package hostperf.repository;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Git's own lock files, taken so that they can be told from everybody else's: each is a hard
/// link to one token file of ours. A lock that a crash has left is removed only when it is that
/// very file, so no lock of a running git is ever taken away.
final class Locks implements AutoCloseable {
  // git holds its locks for milliseconds; a big `git add` may take seconds.
  private static final int TRIES = 60;
  private static final int PAUSE_MS = 50;

  private final Path token;
  private final List<Path> targets;

  private Locks(Path token, List<Path> targets) {
    this.token = token;
    this.targets = List.copyOf(targets);
  }

  /// Locks all the targets (`index`, `HEAD`, refs) or none.
  static Locks take(Path token, List<Path> targets) {
    try {
      Files.createFile(token);
      var locks = new Locks(token, targets);
      try {
        for (Path target : targets) {
          Files.createDirectories(target.resolveSibling("."));
          take(token, lockOf(target));
        }
      } catch (IOException | Refusal e) {
        locks.close();
        throw e;
      }
      return locks;
    } catch (UnsupportedOperationException e) {
      throw new Refusal(
          "The file system of " + token.getParent() + " has no hard links.",
          "Move the checkout to a local file system.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes away what a move with this token has left; other locks stay.
  static void release(Path token, List<Path> targets) {
    if (Files.exists(token)) {
      new Locks(token, targets).close();
    }
  }

  @Override
  public void close() {
    try {
      for (Path target : targets) {
        Path lock = lockOf(target);
        if (Files.exists(lock) && Files.isSameFile(lock, token)) {
          Files.delete(lock);
        }
      }
      Files.deleteIfExists(token);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(Path token, Path lock) throws IOException {
    for (int left = TRIES; ; left--) {
      try {
        Files.createLink(lock, token);
        return;
      } catch (FileAlreadyExistsException e) {
        if (left == 0 || !paused()) {
          throw new Refusal(
              lock + " is held by another git process.",
              "Wait for that process; if there is none, delete the file and call again.",
              e);
        }
      }
    }
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE_MS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Path lockOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".lock");
  }
}
