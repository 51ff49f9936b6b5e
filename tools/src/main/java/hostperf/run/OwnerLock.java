package hostperf.run;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;

/// The one process that may change a checkout. The lock is the operating system's, so it goes with
/// its holder however that ends; who holds it stands in a file beside it.
public final class OwnerLock implements AutoCloseable {
  private final Path file;
  private final Path holder;
  private final InstantSource clock;
  private Optional<FileLock> held = Optional.empty();

  public OwnerLock(Path home, InstantSource clock) {
    this.file = home.resolve("owner.lock");
    this.holder = home.resolve("owner");
    this.clock = clock;
  }

  /// Takes the lock, or keeps it; refuses, naming the holder, when another process has it.
  public synchronized void take() {
    if (held.isPresent()) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      var lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        throw taken();
      }
      held = lock;
      Files.writeString(
          holder, "process %d since %s".formatted(ProcessHandle.current().pid(), clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not take the owner lock", e);
    }
  }

  /// Gives the lock back.
  @Override
  public synchronized void close() {
    held.ifPresent(
        lock -> {
          try {
            lock.acquiredBy().close();
          } catch (IOException e) {
            throw new UncheckedIOException("Could not release the owner lock", e);
          }
        });
    held = Optional.empty();
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      return Optional.empty();
    }
  }

  private Refusal taken() throws IOException {
    var who = Files.exists(holder) ? Files.readString(holder) : "another process";
    return new Refusal(
        "Another hostperf owns this checkout: %s. One at a time may change it.".formatted(who),
        "Wait until it is done, or end that process; its lock goes with it. Reading tools work"
            + " meanwhile.");
  }
}
