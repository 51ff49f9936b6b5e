package hostperf.job;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.journal.Home;
import hostperf.seal.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The one process that may change a checkout. The lock is the operating system's, so it goes with
/// its holder however that ends; who holds it stands in a file beside it.
public final class OwnerLock implements AutoCloseable {
  private static final JsonMapper JSON = StrictJson.builder().build();

  /// Another process may have the lock for the moment that looking for leftovers takes.
  private static final int TRIES = 10;

  private static final int BETWEEN_TRIES_MS = 50;

  private static final String LOCK = "owner.lock";
  private static final String HOLDER = "owner";

  private final Home home;
  private final InstantSource clock;
  private Optional<FileLock> held = Optional.empty();

  public OwnerLock(Home home, InstantSource clock) {
    this.home = home;
    this.clock = clock;
  }

  /// As the file beside the lock tells it.
  private record Holder(long pid, String host, String since) {}

  /// Takes the lock, or keeps it; refuses, naming the holder, when another process has it.
  public synchronized void take() {
    if (held.isPresent()) {
      return;
    }
    try {
      var _ = home.made();
      for (int i = 0; i < TRIES && held.isEmpty() && (i == 0 || pause()); i++) {
        held = attempt();
      }
      if (held.isEmpty()) {
        throw taken();
      }
      var me = new Holder(ProcessHandle.current().pid(), host(), clock.instant().toString());
      var _ = home.files().write(HOLDER, JSON.writeValueAsString(me));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not take the owner lock", e);
    }
  }

  /// Does the work under the lock and gives it back, where nobody holds it now. Where somebody
  /// does, this process included, or nothing may be written here, nothing is done.
  public synchronized void ifFree(Runnable work) {
    if (held.isPresent() || home.fault().isPresent() || !Files.isWritable(home.path())) {
      return;
    }
    try {
      held = attempt();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the owner lock", e);
    }
    if (held.isPresent()) {
      try {
        work.run();
      } finally {
        close();
      }
    }
  }

  /// Whether another process has it, or another checkout of this one.
  public synchronized boolean isElsewhere() {
    return held.isEmpty() && !isFree();
  }

  /// Gives the lock back.
  @Override
  public synchronized void close() {
    held.ifPresent(
        lock -> {
          try {
            Files.deleteIfExists(home.path().resolve(HOLDER));
            lock.acquiredBy().close();
          } catch (IOException e) {
            throw new UncheckedIOException("Could not release the owner lock", e);
          }
        });
    held = Optional.empty();
  }

  private Optional<FileLock> attempt() throws IOException {
    var channel = PrivateFiles.open(home.files().file(LOCK), StandardOpenOption.WRITE);
    try {
      var lock = Optional.ofNullable(channel.tryLock());
      if (lock.isEmpty()) {
        channel.close();
      }
      return lock;
    } catch (OverlappingFileLockException _) {
      // Two checkouts of one process; closing the channel would give up the other one's lock too.
      return Optional.empty();
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_TRIES_MS);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Who owns the checkout beside this process, and how to take over.
  public record Other(String who, String how) {}

  /// Empty where nobody does, or this process.
  public synchronized Optional<Other> otherHolder() {
    if (held.isPresent() || home.fault().isPresent() || !home.files().has(LOCK)) {
      return Optional.empty();
    }
    try {
      var free = attempt();
      if (free.isEmpty()) {
        return Optional.of(other());
      }
      free.get().acquiredBy().close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the owner lock", e);
    }
  }

  /// Whether nobody owns the checkout, this process included.
  public synchronized boolean isFree() {
    return held.isEmpty() && otherHolder().isEmpty();
  }

  private Refusal taken() {
    var other = other();
    return new Refusal(
        "Another hostperf owns this checkout: %s. One at a time may change it."
            .formatted(other.who()),
        other.how() + " Reading tools work meanwhile.");
  }

  private Other other() {
    var who = readHolder();
    if (who.isEmpty()) {
      return new Other("another process", "End that process; its lock goes with it.");
    }
    var is = who.get();
    var words = "process %d on %s, since %s".formatted(is.pid(), is.host(), is.since());
    boolean isHere =
        is.host().equals(host()) && ProcessHandle.of(is.pid()).map(p -> p.isAlive()).orElse(false);
    return new Other(
        words,
        isHere
            ? "Close its client or end it with `kill %d`: its lock goes with it, and the next call"
                    .formatted(is.pid())
                + " recovers what it left."
            : "It cannot be seen from here: another machine or container shares this folder. Close"
                + " it there; where it is surely dead, delete .hostperf/owner.lock.");
  }

  private Optional<Holder> readHolder() {
    try {
      return home.files().read(HOLDER).map(text -> JSON.readValue(text, Holder.class));
    } catch (JacksonException | Refusal _) {
      return Optional.empty();
    }
  }

  /// The name of this machine.
  public static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (java.net.UnknownHostException _) {
      return "this machine";
    }
  }
}
