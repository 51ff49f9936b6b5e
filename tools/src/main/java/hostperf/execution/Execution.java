package hostperf.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the configuration lets launches run.
public sealed interface Execution {
  /// On this machine.
  record Local() implements Execution {}

  /// Behind the words of another program, such as `docker exec engine`.
  ///
  /// @param words go before every command
  /// @param paths folders here, by where they lie behind the prefix; the longest match counts
  record Prefix(List<String> words, Map<String, String> paths) implements Execution {
    public Prefix {
      words = List.copyOf(words);
      paths = Map.copyOf(paths);
    }
  }

  /// In an allocation of Slurm.
  ///
  /// @param nodes how many; the tasks spread over them
  /// @param tasks ranks of the workload; tests run as one task
  /// @param request options of `sbatch`: partition, account, gres, exclusive, time and whatever
  ///     else the site wants
  /// @param steps how each launch starts in it
  /// @param patience the longest that the job may wait in the queue
  /// @param hold how long an unused allocation stays before it ends by itself
  record Slurm(
      int nodes, int tasks, List<String> request, Steps steps, Duration patience, Duration hold)
      implements Execution {
    public Slurm {
      request = List.copyOf(request);
    }
  }

  /// How a launch of Slurm starts.
  ///
  /// @param options of `srun`, such as `--mpi=pmix`
  /// @param image of pyxis (`--container-image`)
  /// @param words go before the command of every task, such as `apptainer exec image.sif`
  record Steps(List<String> options, Optional<String> image, List<String> words) {
    public static final Steps PLAIN = new Steps(List.of(), Optional.empty(), List.of());

    public Steps {
      options = List.copyOf(options);
      words = List.copyOf(words);
    }
  }
}
