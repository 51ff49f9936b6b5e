package hostperf.run.sampling;

import hostperf.measure.Quiet;
import java.util.List;

/// Others kept the machine so busy that launches did not count: a measurement ends for now, with
/// nothing decided, and goes on from its samples when it is called again.
///
/// @param used how much of the CPUs, during which launches
/// @param users who used them right after, the busiest first; empty where that is not seen
/// @param kept how many launches of the measurement count so far
/// @param quiet what the configuration allows
public record BusyMachine(String used, List<String> users, int kept, Quiet quiet) {
  public BusyMachine {
    users = List.copyOf(users);
  }
}
