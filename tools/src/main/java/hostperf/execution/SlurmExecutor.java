package hostperf.execution;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.host.ShellWord;
import hostperf.host.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Launches as steps of one job of Slurm, which holds the nodes from the first launch on.
///
/// Folder and variables go with `srun`; both have to be the same on the nodes, as on a shared file
/// system they are. What becomes of the job while a launch runs is no fault of the code under test,
/// so it is a refusal and not a launch that failed.
public final class SlurmExecutor implements Executor {
  /// The first look at a job that waits comes soon, the later ones in peace: a queue may be long.
  private static final long FIRST_LOOK_MILLIS = 250;

  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final Execution.Slurm settings;
  private final Processes local;
  private final HeldJobs held;
  private final SlurmCommands slurm;
  private final Supplier<String> names;
  private Optional<Job> job = Optional.empty();
  private Map<String, String> placement = Map.of();

  /// A job of ours.
  private record Job(String name, long id) {}

  /// @param names gives each job a name that no other has
  public SlurmExecutor(
      Execution.Slurm settings,
      Processes local,
      Path folder,
      HeldJobs held,
      Supplier<String> names) {
    this.settings = settings;
    this.local = local;
    this.held = held;
    this.slurm = new SlurmCommands(local, folder);
    this.names = names;
  }

  @Override
  public Processes workload(Consumer<String> progress) {
    return (command, lines) -> run(settings.nodes(), settings.tasks(), command, lines, progress);
  }

  @Override
  public Processes single(Consumer<String> progress) {
    return (command, lines) -> run(1, 1, command, lines, progress);
  }

  @Override
  public boolean isHere() {
    return false;
  }

  @Override
  public synchronized Map<String, String> placement() {
    return placement;
  }

  @Override
  public synchronized void release() {
    job.ifPresent(this::end);
  }

  /// One at a time: launches that share nodes disturb each other.
  private synchronized Finished run(
      int nodes, int tasks, Command command, Consumer<String> lines, Consumer<String> progress) {
    var used = holding(progress);
    if (used.isEmpty()) {
      return new Finished(Finished.End.CANCELLED, -1, "", Duration.ZERO);
    }
    var mine = used.get();
    var places = new TaskPlaces(held.places(mine.name()));
    places.clear();
    Finished finished;
    try (var _ = using(mine)) {
      finished = local.run(step(mine, nodes, tasks, command), lines);
    }
    if (finished.end() != Finished.End.EXITED) {
      // What has killed `srun` has not always killed what it started.
      slurm.cancelSteps(mine.id());
      return finished;
    }
    placement = places.byPlace();
    if (!finished.succeeded()) {
      requireStillOurs(mine, finished, places.count(), tasks);
    }
    return finished;
  }

  private void requireStillOurs(Job mine, Finished finished, int began, int tasks) {
    var now = slurm.settled(mine.id());
    if (!now.isRunning()) {
      end(mine);
      throw new Refusal(
          "Slurm job %d %s, so this launch does not count.".formatted(mine.id(), now.words()),
          "Call the same tool again: it allocates nodes again and continues with what was measured.");
    }
    if (finished.output().contains("oom_kill event")) {
      throw new Refusal(
          "Slurm ended the launch, which ran out of memory in job %d.".formatted(mine.id()),
          "Ask for more memory in `execution.options`, such as \"--mem=64G\".");
    }
    // Where some began, one that ended at once may have ended the others before they wrote it down.
    if (began == 0) {
      throw new Refusal(
          "None of %d tasks began in Slurm job %d: %s"
              .formatted(tasks, mine.id(), brief(finished.output())),
          "See what `srun` says, and correct `execution` in hostperf.yaml.");
    }
  }

  private Command step(Job mine, int nodes, int tasks, Command command) {
    var words =
        new ArrayList<>(
            List.of(
                "srun",
                "--jobid=" + mine.id(),
                "--nodes=" + nodes,
                "--ntasks=" + tasks,
                "--chdir=" + command.directory(),
                "--export=ALL",
                "--input=none",
                "--kill-on-bad-exit=1"));
    words.addAll(settings.steps().options());
    settings.steps().image().ifPresent(image -> words.addAll(inside(image, command)));
    words.addAll(settings.steps().words());
    words.addAll(List.of("sh", "-c", TaskPlaces.RECORDING, held.places(mine.name()).toString()));
    words.addAll(command.arguments());
    return new Command(
        words, command.directory(), command.environment(), command.limit(), command.log());
  }

  /// By itself pyxis starts in the image's folder, and an image's variables win over ours.
  private static List<String> inside(String image, Command command) {
    return List.of(
        "--container-image=" + image,
        "--container-workdir=" + command.directory(),
        "--container-env=" + String.join(",", new TreeSet<>(command.environment().keySet())));
  }

  /// The job that launches go into, its nodes given; empty where the wait was cancelled.
  private Optional<Job> holding(Consumer<String> progress) {
    if (job.isPresent()) {
      var now = slurm.job(job.get().id());
      if (now.isRunning()) {
        return job;
      }
      progress.accept("Slurm job %d %s; asking for nodes again".formatted(now.id(), now.words()));
      end(job.get());
    }
    var name = names.get();
    held.note(name, OptionalLong.empty());
    Job asked;
    try {
      asked = new Job(name, slurm.submit(name, settings, script(held.touch(name))));
    } catch (Refusal refusal) {
      held.forget(name);
      throw refusal;
    }
    job = Optional.of(asked);
    held.note(name, OptionalLong.of(asked.id()));
    return awaited(asked, progress) ? job : Optional.empty();
  }

  private boolean awaited(Job asked, Consumer<String> progress) {
    var watch = Stopwatch.started();
    var said = "";
    long pause = FIRST_LOOK_MILLIS;
    try (var _ = using(asked)) {
      while (true) {
        var now = slurm.job(asked.id());
        if (now.isRunning()) {
          progress.accept("Slurm job %d %s".formatted(now.id(), now.words()));
          return true;
        }
        if (Thread.currentThread().isInterrupted()) {
          end(asked);
          return false;
        }
        if (!now.isWaiting()) {
          end(asked);
          throw new Refusal(
              "Slurm job %d %s before it began.".formatted(now.id(), now.words()),
              "Call the same tool again to allocate nodes again.");
        }
        if (watch.elapsed().compareTo(settings.patience()) > 0) {
          end(asked);
          throw new Refusal(
              "Slurm job %d still %s after %d s; it was cancelled."
                  .formatted(now.id(), now.words(), settings.patience().toSeconds()),
              "Ask for less in `execution`, or raise `execution.wait`.");
        }
        var words = "Slurm job %d %s".formatted(now.id(), now.words());
        if (!words.equals(said)) {
          int ahead = slurm.ahead(asked.id());
          progress.accept(ahead > 0 ? words + "; %d jobs are ahead of it".formatted(ahead) : words);
          said = words;
        }
        Thread.sleep(pause);
        pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 3 / 2);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      end(asked);
      return false;
    }
  }

  /// Keeps a job from ending by itself.
  private Heartbeat using(Job used) {
    return Heartbeat.every(settings.hold().dividedBy(4), () -> held.touch(used.name()));
  }

  /// Lets go of a job, whether it still runs or not.
  private void end(Job gone) {
    slurm.cancel(gone.id());
    new TaskPlaces(held.places(gone.name())).clear();
    held.forget(gone.name());
    job = Optional.empty();
  }

  /// What the job itself does: it waits until nobody has touched the lease for a while.
  private String script(Path lease) {
    return ("lease=%s; while [ $(( $(date +%%s) - $(stat -c %%Y \"$lease\" || echo 0) )) -lt %d ];"
            + " do sleep 2; done")
        .formatted(ShellWord.quoted(lease.toString()), settings.hold().toSeconds());
  }

  private static String brief(String output) {
    var text = output.strip().replaceAll("\\s*\\R\\s*", " ");
    return text.length() <= 400 ? text : "…" + text.substring(text.length() - 400);
  }
}
