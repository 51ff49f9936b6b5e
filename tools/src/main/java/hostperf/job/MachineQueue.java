package hostperf.job;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.seal.PrivateFiles;
import hostperf.seal.SealedFolder;
import hostperf.seal.UserState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The queue of what this user launches on this machine: workloads and tests run one at a time,
/// whatever the checkout and the process, so that none falsifies another's figures. Who came first
/// goes first. The turn is the operating system's lock, so it goes with its holder.
public final class MachineQueue {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final String TURN = "turn.lock";
  private static final String TICKET = ".json";
  private static final JsonMapper JSON = StrictJson.builder().build();

  private final UserState state;
  private final Path checkout;
  private final InstantSource clock;

  private @Nullable SealedFolder folder;

  /// Never closed: closing it would give up the lock that another checkout of this process holds.
  private @Nullable FileChannel turn;

  MachineQueue(UserState state, Path checkout, InstantSource clock) {
    this.state = state;
    this.checkout = checkout;
    this.clock = clock;
  }

  /// This machine's: the user's folders may be shared by several. A start does without its name.
  private synchronized SealedFolder folder() {
    var made = folder == null ? state.own("machine/" + OwnerLock.host()) : folder;
    folder = made;
    return made;
  }

  /// Somebody in the queue.
  ///
  /// @param begun when the process was, since numbers of processes come again
  /// @param since when it has been waiting
  public record Place(long pid, String begun, String tool, String checkout, String since) {
    String words() {
      return "`%s` of %s (process %d, since %s)".formatted(tool, checkout, pid, since);
    }

    boolean isAlive() {
      return ProcessHandle.of(pid).map(p -> begun(p).equals(begun)).orElse(false);
    }

    static String begun(ProcessHandle process) {
      return process.info().startInstant().map(Object::toString).orElse("unknown");
    }
  }

  /// Does the work when its turn has come, and says what it waits for.
  public <T> T inTurn(String tool, Consumer<String> progress, Supplier<T> work) {
    var now = clock.instant();
    var me = ProcessHandle.current();
    var since = now.truncatedTo(ChronoUnit.SECONDS).toString();
    var place = new Place(me.pid(), Place.begun(me), tool, checkout.toString(), since);
    var ticket = "%015d-%s%s".formatted(now.toEpochMilli(), UUID.randomUUID(), TICKET);
    boolean _ = folder().create(ticket, JSON.writeValueAsString(place));
    try {
      var lock = awaited(tool, ticket, progress);
      try {
        return work.get();
      } finally {
        release(lock);
      }
    } finally {
      delete(ticket);
    }
  }

  private FileLock awaited(String tool, String ticket, Consumer<String> progress) {
    var said = "";
    while (true) {
      var ahead = ahead(ticket);
      var lock = ahead.isEmpty() ? attempt() : Optional.<FileLock>empty();
      if (lock.isPresent()) {
        return lock.get();
      }
      var news = ahead.isEmpty() ? said : waiting(ahead);
      if (!news.equals(said)) {
        progress.accept(news);
        said = news;
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw Jobs.cancelled(tool);
      }
    }
  }

  private static String waiting(List<Place> ahead) {
    return "waits for its turn on this machine behind %s"
        .formatted(String.join(", ", ahead.stream().map(Place::words).toList()));
  }

  private List<Place> ahead(String ticket) {
    return tickets().stream()
        .filter(t -> t.compareTo(ticket) < 0)
        .flatMap(t -> place(t).stream())
        .toList();
  }

  /// Those in the queue, the one at work first.
  public List<Place> places() {
    return tickets().stream().flatMap(t -> place(t).stream()).toList();
  }

  /// What a person is told of them: the first is at work.
  public List<String> notes() {
    var places = places();
    return IntStream.range(0, places.size())
        .mapToObj(
            i ->
                (i == 0 ? "On this machine %s is at work." : "After it: %s.")
                    .formatted(places.get(i).words()))
        .toList();
  }

  private List<String> tickets() {
    return folder().names(TICKET);
  }

  /// Empty for one whose process is no more; its ticket goes.
  private Optional<Place> place(String ticket) {
    try {
      var place = folder().read(ticket).map(text -> JSON.readValue(text, Place.class));
      if (place.isPresent() && !place.get().isAlive()) {
        delete(ticket);
        return Optional.empty();
      }
      return place;
    } catch (JacksonException | Refusal _) {
      // Nobody's whom this would have to wait for.
      return Optional.empty();
    }
  }

  private synchronized Optional<FileLock> attempt() {
    try {
      var channel =
          turn == null ? PrivateFiles.open(folder().file(TURN), StandardOpenOption.WRITE) : turn;
      turn = channel;
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException _) {
      // Another checkout of this process has it.
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not take the turn on this machine", e);
    }
  }

  private static void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not give the turn back", e);
    }
  }

  private void delete(String ticket) {
    try {
      Files.deleteIfExists(folder().file(ticket));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not leave the queue of this machine", e);
    }
  }
}
