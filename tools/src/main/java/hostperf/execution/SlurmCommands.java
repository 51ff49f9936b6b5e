package hostperf.execution;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Slurm, by its own commands.
final class SlurmCommands {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /// A controller that restarts is away for seconds.
  private static final int TRIES = 12;

  private static final long PAUSE_MILLIS = 5000;

  private static final int MOST_CLEANING = 30;

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
    var finished = local.run(new Command(folder, LIMIT, words.toArray(String[]::new)));
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
    for (int i = 0; i < MOST_CLEANING && now.state().equals("COMPLETING"); i++) {
      if (!pause(1000)) {
        return now;
      }
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
      return local.run(new Command(folder, LIMIT, words));
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits for a controller that does not answer at the moment.
  private Finished asked(String... words) {
    var finished = local.run(new Command(folder, LIMIT, words));
    for (int i = 1; i < TRIES && isAway(finished); i++) {
      if (!pause(PAUSE_MILLIS)) {
        return finished;
      }
      finished = local.run(new Command(folder, LIMIT, words));
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

  private static void requireAnswer(Finished finished) {
    if (!finished.succeeded() && finished.end() != Finished.End.CANCELLED) {
      throw new Refusal(
          "Slurm does not answer: " + brief(finished),
          "See `scontrol ping`; the job keeps its nodes, so call again when it is back.");
    }
  }

  private static String brief(Finished finished) {
    var text = finished.output().strip().replaceAll("\\s*\\R\\s*", " ");
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }
}
