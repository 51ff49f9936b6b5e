package hostperf.run;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// Work that outlives one call. Each job is also a file, so that a later process can tell what
/// became of it: its answer, or that the process doing it has gone.
///
/// @param <T> what a job answers
public final class Jobs<T> {
  /// How much of a job's log is kept at hand.
  private static final int LINES = 20;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// How far a job is.
  public enum State {
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /// A job as its file tells it.
  ///
  /// @param process id of the process that does it, with its start, so that a reused id is not
  ///     mistaken for it
  /// @param error why it failed; the refusal's words where it was one
  /// @param result the answer as JSON
  public record Entry(
      String jobId,
      String tool,
      State state,
      Owner process,
      Times times,
      Optional<String> error,
      Optional<Map<String, Object>> result) {}

  public record Owner(long pid, String started) {}

  public record Times(String started, Optional<String> ended) {}

  /// A job of this process.
  public final class Job {
    private final String id;
    private final String tool;
    private final Instant started = clock.instant();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();
    private volatile boolean cancelled;
    private volatile State state = State.RUNNING;
    private volatile String progress = "started";
    private volatile Optional<T> answer = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private final Thread thread;

    private Job(String id, String tool, Supplier<T> work) {
      this.id = id;
      this.tool = tool;
      this.thread = Thread.ofVirtual().name(id).unstarted(() -> run(work));
    }

    private void run(Supplier<T> work) {
      try {
        answer = Optional.of(work.get());
        state = State.DONE;
      } catch (RuntimeException e) {
        failure = Optional.of(e);
        state = cancelled ? State.CANCELLED : State.FAILED;
      } finally {
        if (state == State.RUNNING) {
          state = State.FAILED;
        }
        write(record());
        ended.countDown();
      }
    }

    public String id() {
      return id;
    }

    public String tool() {
      return tool;
    }

    public State state() {
      return state;
    }

    public String progress() {
      return progress;
    }

    public Duration elapsed() {
      return Duration.between(started, clock.instant());
    }

    public synchronized List<String> lines() {
      return List.copyOf(lines);
    }

    public Optional<T> answer() {
      return answer;
    }

    public Optional<RuntimeException> failure() {
      return failure;
    }

    /// Waits; the answer when it came in time. A failure is thrown as it was.
    public Optional<T> await(Duration limit) {
      try {
        if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.empty();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
      if (failure.isPresent()) {
        throw failure.get();
      }
      return answer;
    }

    /// Waits for the end, however it ends.
    public boolean awaitEnd(Duration limit) {
      try {
        return ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    /// Ends the work; its processes are ended with it.
    public void cancel() {
      cancelled = true;
      thread.interrupt();
    }

    private synchronized void say(String line) {
      progress = line;
      lines.add(line);
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }

    private Entry record() {
      return new Entry(
          id,
          tool,
          state,
          me,
          new Times(
              started.toString(),
              state == State.RUNNING ? Optional.empty() : Optional.of(clock.instant().toString())),
          failure.map(f -> f instanceof Refusal r ? r.why() : "internal error"),
          answer.map(toJson));
    }
  }

  private final Path folder;
  private final InstantSource clock;
  private final Supplier<String> newId;
  private final Function<T, Map<String, Object>> toJson;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Owner me =
      new Owner(ProcessHandle.current().pid(), startOf(ProcessHandle.current()));

  /// @param folder where the job files lie
  public Jobs(
      Path folder,
      InstantSource clock,
      Supplier<String> newId,
      Function<T, Map<String, Object>> toJson) {
    this.folder = folder;
    this.clock = clock;
    this.newId = newId;
    this.toJson = toJson;
  }

  /// Begins a job; what the work says goes to `progress` too.
  public Job start(String tool, Function<Consumer<String>, T> work) {
    var holder = new AtomicReference<Job>();
    var job =
        new Job(
            newId.get(),
            tool,
            () -> work.apply(line -> Objects.requireNonNull(holder.get()).say(line)));
    holder.set(job);
    jobs.put(job.id(), job);
    write(job.record());
    job.thread.start();
    return job;
  }

  /// The job of this process with this id.
  public Optional<Job> mine(String jobId) {
    return Optional.ofNullable(jobs.get(jobId));
  }

  /// The job that runs now in this process, if any.
  public Optional<Job> running() {
    return jobs.values().stream().filter(j -> j.state() == State.RUNNING).findFirst();
  }

  /// What the files tell of a job; one whose process has gone while it ran counts as failed.
  public Optional<Entry> recorded(String jobId) {
    return recorded().stream().filter(r -> r.jobId().equals(jobId)).findFirst();
  }

  /// Every job of this checkout, oldest first.
  public List<Entry> recorded() {
    var found = new ArrayList<Entry>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "job-*.json")) {
      for (Path file : files) {
        found.add(honest(JSON.readValue(Files.readString(file), Entry.class)));
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the jobs", e);
    }
    found.sort(Comparator.comparing(r -> r.times().started()));
    return List.copyOf(found);
  }

  /// Ends every job of this process, when the client goes.
  public void cancelAll() {
    jobs.values().stream().filter(j -> j.state() == State.RUNNING).forEach(Job::cancel);
    jobs.values().forEach(j -> j.awaitEnd(Duration.ofSeconds(5)));
  }

  private static Entry honest(Entry record) {
    if (record.state() != State.RUNNING || isAlive(record.process())) {
      return record;
    }
    return new Entry(
        record.jobId(),
        record.tool(),
        State.FAILED,
        record.process(),
        record.times(),
        Optional.of("The server that did this job ended before it was done; call it again."),
        Optional.empty());
  }

  private static boolean isAlive(Owner owner) {
    return ProcessHandle.of(owner.pid())
        .filter(p -> startOf(p).equals(owner.started()))
        .isPresent();
  }

  private static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("");
  }

  private void write(Entry record) {
    var file = new RunFolder(folder);
    var _ = file.write(record.jobId() + ".json", JSON.writeValueAsString(record));
  }
}
