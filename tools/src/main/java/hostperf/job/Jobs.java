package hostperf.job;

import hostperf.Refusal;
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

/// Work that outlives one call. Each job is also a file, so that a later process can tell what
/// became of it: its answer, or that the process doing it has gone (`JobFiles`).
///
/// @param <T> what a job answers
public final class Jobs<T> {
  /// How much of a job's log is kept at hand.
  private static final int LINES = 20;

  /// What took no longer says no time.
  private static final Duration MOMENT = Duration.ofSeconds(5);

  /// How many jobs that are over stay at hand with their answers; the others are files alone.
  private static final int KEPT = 16;

  /// How far a job is.
  public enum State {
    RUNNING,
    DONE,
    /// Ended in a refusal: what it says has to be put right first.
    REFUSED,
    FAILED,
    CANCELLED
  }

  /// A job as its file tells it.
  ///
  /// @param error why it failed or was refused
  /// @param result the answer as JSON
  public record Entry(
      String jobId,
      Work work,
      State state,
      Owner process,
      Times times,
      Optional<String> error,
      Optional<Map<String, Object>> result) {
    public String tool() {
      return work.tool();
    }
  }

  /// @param run id of the run it is done for; absent for work outside a run
  public record Work(String tool, Optional<String> run) {}

  /// The process that does it, with its start, so that a reused id is not mistaken for it.
  ///
  /// @param mark what the processes it begins carry in their environment
  public record Owner(long pid, String started, String mark) {}

  public record Times(String started, Optional<String> ended) {}

  /// A job of this process.
  public final class Job {
    private final String id;
    private final Work what;
    private final Instant started = clock.instant();
    private volatile Optional<Instant> end = Optional.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<String> lines = new ArrayList<>();
    private volatile boolean cancelled;
    private volatile State state = State.RUNNING;
    private volatile String progress = "started";
    private volatile Instant said = clock.instant();
    private volatile Optional<T> answer = Optional.empty();
    private volatile Optional<RuntimeException> failure = Optional.empty();
    private final Thread thread;

    private Job(String id, Work what, Supplier<T> work) {
      this.id = id;
      this.what = what;
      // A platform thread: much of the work computes, and would keep the calls' threads waiting.
      this.thread = Thread.ofPlatform().daemon().name(id).unstarted(() -> run(work));
    }

    private void run(Supplier<T> work) {
      try {
        answer = Optional.of(work.get());
        state = cancelled ? State.CANCELLED : State.DONE;
      } catch (RuntimeException e) {
        // Work that is interrupted fails in many ways, which say nothing.
        failure = Optional.of(cancelled && !(e instanceof Refusal) ? cancelled(what.tool()) : e);
        state = cancelled ? State.CANCELLED : e instanceof Refusal ? State.REFUSED : State.FAILED;
      } catch (OutOfMemoryError e) {
        failure = Optional.of(outOfMemory(what.tool(), e));
        state = State.FAILED;
      } catch (Error e) {
        // Whoever waits for the job has to learn that it is over.
        failure = Optional.of(new IllegalStateException(e));
        state = State.FAILED;
      } finally {
        if (state == State.RUNNING) {
          state = State.FAILED;
        }
        end = Optional.of(clock.instant());
        // The work is over; writing that down must not be interrupted.
        boolean _ = Thread.interrupted();
        // Whoever waits is told even where the disk has no room for the record.
        try {
          files.write(record());
        } catch (RuntimeException e) {
          failure = failure.or(() -> Optional.of(e));
          state = cancelled ? State.CANCELLED : State.FAILED;
        } finally {
          ended.countDown();
        }
      }
    }

    private static Refusal outOfMemory(String tool, OutOfMemoryError e) {
      var refusal =
          new Refusal(
              "%s needed more memory than the server has (%,d MiB)."
                  .formatted(tool, Runtime.getRuntime().maxMemory() >> 20),
              "set HOSTPERF_HEAP in the server's environment, to 2g for instance, and start it again");
      refusal.initCause(e);
      return refusal;
    }

    public String id() {
      return id;
    }

    public String tool() {
      return what.tool();
    }

    public State state() {
      return state;
    }

    /// What it does now, and for how long where that is more than a moment.
    public String progress() {
      var since = Duration.between(said, clock.instant());
      return state() == State.RUNNING && since.compareTo(MOMENT) >= 0
          ? "%s (for %d s)".formatted(progress, since.toSeconds())
          : progress;
    }

    private boolean isOver() {
      return ended.getCount() == 0;
    }

    /// How long it has run, or ran.
    public Duration elapsed() {
      return Duration.between(started, end.orElseGet(clock::instant));
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

    public boolean isCancelled() {
      return cancelled;
    }

    /// Ends the work; its processes are ended with it.
    public void cancel() {
      cancelled = true;
      reportProgress("being cancelled");
      thread.interrupt();
    }

    private synchronized void reportProgress(String line) {
      progress = line;
      said = clock.instant();
      var timed = "%d s: %s".formatted(elapsed().toSeconds(), line);
      lines.add(timed);
      files.progress(id, timed);
      if (lines.size() > LINES) {
        lines.removeFirst();
      }
    }

    private Entry record() {
      return new Entry(
          id,
          what,
          state,
          me,
          new Times(
              started.toString(),
              state == State.RUNNING ? Optional.empty() : Optional.of(clock.instant().toString())),
          failure.map(f -> f instanceof Refusal r ? r.why() : "internal error"),
          answer.map(toJson));
    }
  }

  private final JobFiles files;
  private final InstantSource clock;
  private final Supplier<String> newId;
  private final Function<T, Map<String, Object>> toJson;
  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final Owner me;
  private volatile boolean ending;

  public Jobs(Checkout checkout, Function<T, Map<String, Object>> toJson) {
    this.files = new JobFiles(checkout.home());
    this.clock = checkout.clock();
    this.newId = checkout::newJobId;
    this.toJson = toJson;
    var here = ProcessHandle.current();
    this.me = new Owner(here.pid(), JobFiles.startOf(here), checkout.mark());
  }

  /// The answer to work that was cancelled.
  public static Refusal cancelled(String tool) {
    return new Refusal(
        "`%s` was cancelled; nothing of it is kept.".formatted(tool),
        "Call `%s` again when you need it.".formatted(tool));
  }

  /// Begins a job; what the work reports goes to `progress` too.
  public Job start(Work what, Function<Consumer<String>, T> work) {
    if (ending) {
      throw new Refusal(
          "The server is shutting down, so `%s` was not started.".formatted(what.tool()),
          "Connect again and make the same call.");
    }
    var holder = new AtomicReference<Job>();
    var job =
        new Job(
            newId.get(),
            what,
            () -> work.apply(line -> Objects.requireNonNull(holder.get()).reportProgress(line)));
    holder.set(job);
    // First the file: a job that could not be written down must not seem to run.
    files.write(job.record());
    forgetOld();
    jobs.put(job.id(), job);
    job.thread.start();
    return job;
  }

  private void forgetOld() {
    var over =
        jobs.values().stream()
            .filter(Job::isOver)
            .sorted(Comparator.comparing(j -> j.started))
            .toList();
    over.subList(0, Math.max(0, over.size() - KEPT)).forEach(j -> jobs.remove(j.id()));
  }

  /// The job of this process with this id; empty for one that was over long ago.
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

  /// The latest lines of what a job says, whichever process does it.
  public List<String> said(String jobId) {
    var lines = files.progress(jobId);
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }

  /// Every job of this checkout, oldest first.
  public List<Entry> recorded() {
    return files.all();
  }

  /// Ends every job of this process, when the client goes.
  public void cancelAll() {
    ending = true;
    jobs.values().stream().filter(j -> j.state() == State.RUNNING).forEach(Job::cancel);
    jobs.values().forEach(j -> j.awaitEnd(Duration.ofSeconds(5)));
  }
}
