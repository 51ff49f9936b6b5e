package hostperf.behaviour;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What one launch did, by process.
///
/// @param processes by name; several of one name are numbered in the order in which they began
record Recording(Map<String, OfProcess> processes) {
  Recording {
    processes = Map.copyOf(processes);
  }

  /// The calls of one function in one thread.
  record Sequence(String function, String thread) {}

  /// @param functions those that were found
  /// @param calls those that were recorded, in their order
  /// @param counts how many there were in all
  /// @param stopped why recording ended before the process did; may be empty
  /// @param unread how many tensors on a device were too large to copy
  record OfProcess(
      Structures structures,
      Set<String> functions,
      Map<Sequence, List<Call>> calls,
      Map<Sequence, Long> counts,
      String stopped,
      double seconds,
      long unread,
      List<String> remarks) {
    OfProcess {
      functions = Set.copyOf(functions);
      calls = Map.copyOf(calls);
      counts = Map.copyOf(counts);
      remarks = List.copyOf(remarks);
    }
  }

  /// @param number of the call among those of its sequence, from 0
  /// @param at when it began, in the order of the process
  /// @param given its arguments before it, a structure; -1 where they were not recorded
  /// @param after the same arguments after it
  record Call(int number, long at, long end, int given, int result, boolean raised, int after) {
    boolean isWhole() {
      return given >= 0;
    }
  }
}
