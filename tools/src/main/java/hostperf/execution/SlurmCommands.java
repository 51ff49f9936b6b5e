package hostperf.execution;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.host.Stopwatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// Slurm, by its own commands.
final class SlurmCommands {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// A controller that restarts is away for seconds.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final long PAUSE_MILLIS = 1000;

  private static final Pattern UNREACHABLE =
      Pattern.compile("(?i)unable to contact slurm controller|socket timed out|connection refused");

  private static final Duration CLEANING = Duration.ofSeconds(30);

  private static final long CLEANING_PAUSE_MILLIS = 300;

  /// Steps of Slurm's own, which end with their job.
  private static final List<String> OWN_STEPS = List.of("batch", "extern", "interactive");

  private final Processes local;
  private final Path folder;

  /// @param folder where the commands start
  SlurmCommands(Processes local, Path folder) {
    this.local = local;
    this.folder = folder;
  }

  /// Asks for an allocation.
  ///
  /// @param script what the job runs while it is held
  /// @return the job's number
  long submit(String name, Execution.Slurm wanted, String script) {
    var words = new ArrayList<>(List.of("sbatch", "--parsable", "--job-name=" + name));
    words.addAll(
        List.of(
            "--nodes=" + wanted.nodes(),
            "--ntasks=" + wanted.tasks(),
            "--no-requeue",
            "--output=/dev/null",
            "--chdir=" + folder));
    words.addAll(wanted.request());
    words.add("--wrap=" + script);
    var finished = run(words.toArray(String[]::new));
    var watch = Stopwatch.started();
    while (isUnreachable(finished) && isInTime(watch) && pause(PAUSE_MILLIS)) {
      // It may have taken the job and gone before it could say so.
      var taken = named(name);
      if (taken.isPresent()) {
        return taken.getAsLong();
      }
      finished = run(words.toArray(String[]::new));
    }
    if (isUnreachable(finished)) {
      throw silent(finished);
    }
    // With several clusters it is `number;cluster`.
    var number = finished.output().strip().split(";", 2)[0];
    if (!finished.succeeded() || !number.matches("\\d{1,18}")) {
      throw new Refusal(
          "Slurm refused the allocation: " + brief(finished),
          "Correct `execution` in hostperf.yaml; to see what the site allows, run `sinfo` and `sacctmgr"
              + " show associations`.");
    }
    return Long.parseLong(number);
  }

  SlurmJob job(long id) {
    var finished = asked("scontrol", "--oneliner", "show", "job", Long.toString(id));
    return finished.succeeded() ? SlurmJob.read(id, finished.output()) : SlurmJob.gone(id);
  }

  /// The same, once it is known what becomes of it: a job that ends is cleaned up first.
  SlurmJob settled(long id) {
    var now = job(id);
    var watch = Stopwatch.started();
    while (now.state().equals("COMPLETING")
        && watch.elapsed().compareTo(CLEANING) < 0
        && pause(CLEANING_PAUSE_MILLIS)) {
      now = job(id);
    }
    return now;
  }

  /// The live job of that name, if there is one.
  OptionalLong named(String name) {
    var finished = asked("squeue", "--noheader", "--me", "--name=" + name, "--format=%A");
    requireAnswer(finished);
    return finished
        .output()
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d{1,18}"))
        .mapToLong(Long::parseLong)
        .findFirst();
  }

  /// How many jobs of its partition wait with a priority at least as high.
  int ahead(long id) {
    var finished = asked("squeue", "--noheader", "--states=PENDING", "--sort=-p,i", "--format=%A");
    var waiting = finished.output().lines().map(String::strip).toList();
    return finished.succeeded() ? Math.max(0, waiting.indexOf(Long.toString(id))) : 0;
  }

  void cancel(long id) {
    undisturbed("scancel", Long.toString(id));
  }

  /// Ends the launches of a job, and leaves the job.
  void cancelSteps(long id) {
    var steps = undisturbed("squeue", "--steps", "--noheader", "--jobs=" + id, "--format=%i");
    steps
        .output()
        .lines()
        .map(String::strip)
        .filter(step -> step.matches("\\d+\\.\\w+"))
        .filter(step -> !OWN_STEPS.contains(step.substring(step.indexOf('.') + 1)))
        .forEach(step -> undisturbed("scancel", "--signal=KILL", step));
  }

  /// Also where this thread was told to stop: what was begun has to be ended.
  private Finished undisturbed(String... words) {
    boolean wasInterrupted = Thread.interrupted();
    try {
      return run(words);
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Finished run(String... words) {
    return local.run(new Command(folder, LIMIT, words));
  }

  private static boolean isInTime(Stopwatch watch) {
    return watch.elapsed().compareTo(PATIENCE) < 0;
  }

  /// Waits for a controller that does not answer at the moment.
  private Finished asked(String... words) {
    var finished = run(words);
    var watch = Stopwatch.started();
    while (isAway(finished) && isInTime(watch)) {
      if (!pause(PAUSE_MILLIS)) {
        return finished;
      }
      finished = run(words);
    }
    if (isAway(finished)) {
      requireAnswer(finished);
    }
    return finished;
  }

  /// @return false where this thread was told to stop
  private static boolean pause(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// An unknown job is an answer too.
  private static boolean isAway(Finished finished) {
    return finished.end() == Finished.End.EXITED
        && finished.exitCode() != 0
        && !finished.output().contains("Invalid job id");
  }

  /// Whether it was not refused, but not heard.
  private static boolean isUnreachable(Finished finished) {
    return !finished.succeeded() && UNREACHABLE.matcher(finished.output()).find();
  }

  private static void requireAnswer(Finished finished) {
    if (!finished.succeeded() && finished.end() != Finished.End.CANCELLED) {
      throw silent(finished);
    }
  }

  private static Refusal silent(Finished finished) {
    return new Refusal(
        "Slurm does not answer: " + brief(finished),
        "See `scontrol ping`; a job that runs keeps its nodes, so call again when it is back.");
  }

  private static String brief(Finished finished) {
    var text = finished.output().strip().replaceAll("\\s*\\R\\s*", " ");
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }
}
