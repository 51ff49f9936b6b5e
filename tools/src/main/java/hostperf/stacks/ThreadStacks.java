package hostperf.stacks;

import java.util.List;
import java.util.stream.Stream;

/// The stacks of one thread.
///
/// @param process number of the process; 0 where the profile does not say
/// @param thread the thread's name, with its number where the profile has it
/// @param stacks in the order of time where `isOrdered`, else one row for each different stack
public record ThreadStacks(long process, String thread, List<Stack> stacks, boolean isOrdered) {
  public ThreadStacks {
    stacks = List.copyOf(stacks);
  }

  public double weight() {
    return stacks.stream().mapToDouble(Stack::weight).sum();
  }

  boolean isSameThread(ThreadStacks other) {
    return process == other.process && thread.equals(other.thread);
  }

  ThreadStacks then(ThreadStacks later) {
    return new ThreadStacks(
        process,
        thread,
        Stream.concat(stacks.stream(), later.stacks.stream()).toList(),
        isOrdered && later.isOrdered);
  }
}
