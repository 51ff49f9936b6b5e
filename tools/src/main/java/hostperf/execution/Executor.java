package hostperf.execution;

import hostperf.host.Processes;
import java.util.Map;
import java.util.function.Consumer;

/// Launches where an `Execution` says.
public interface Executor {
  /// Launches the workload, with all its ranks.
  ///
  /// @param progress gets what is waited for
  Processes workload(Consumer<String> progress);

  /// Launches one process, such as the test runner.
  Processes single(Consumer<String> progress);

  /// Whether launches run among the processes and files of this machine.
  boolean isHere();

  /// Where the tasks of the last launch ran: what must be equal for two launches to be comparable.
  /// Empty where nothing but this machine is used.
  default Map<String, String> placement() {
    return Map.of();
  }

  /// Gives back what is held.
  default void release() {}

  /// On this machine.
  static Executor local(Processes processes) {
    return new Executor() {
      @Override
      public Processes workload(Consumer<String> progress) {
        return processes;
      }

      @Override
      public Processes single(Consumer<String> progress) {
        return processes;
      }

      @Override
      public boolean isHere() {
        return true;
      }
    };
  }
}
