package hostperf.stacks;

import java.util.List;

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
}
