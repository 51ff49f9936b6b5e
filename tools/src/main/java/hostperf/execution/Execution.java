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
  /// @param container image of pyxis (`--container-image`)
  /// @param patience the longest that the job may wait in the queue
  /// @param hold how long an unused allocation stays before it ends by itself
  record Slurm(
      int nodes,
      int tasks,
      List<String> request,
      Optional<String> container,
      Duration patience,
      Duration hold)
      implements Execution {
    public Slurm {
      request = List.copyOf(request);
    }
  }
}
