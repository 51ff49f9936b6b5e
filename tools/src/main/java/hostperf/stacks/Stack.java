package hostperf.stacks;

import java.util.List;

/// What one thread was doing for a while.
///
/// @param frames outermost first; empty where the thread ran no Python code
/// @param weight how long, in the unit of the profile
public record Stack(List<Frame> frames, double weight) {
  public Stack {
    frames = List.copyOf(frames);
  }
}
