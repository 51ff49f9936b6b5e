package hostperf.stacks;

import java.util.List;
import java.util.OptionalInt;

/// The function whose calls are the engine's steps: shares are shares of its time.
///
/// @param function by its name in the frames
/// @param file where it is defined, as the frames name it
/// @param how how it was found
public record Root(String function, String file, How how) {
  /// Where a root comes from, strongest first.
  public enum How {
    /// `workload.root` names it.
    CONFIGURED,
    /// The target's map names it.
    TARGET_MAP,
    /// It is where the busiest thread's time divides.
    FOUND,
    /// No part can be told apart: all that was profiled.
    WHOLE
  }

  /// The outermost call of it in a stack.
  OptionalInt in(List<Frame> frames) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).function().equals(function) && frames.get(i).file().equals(file)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /// Whether a call of it is on the stack.
  public boolean isIn(List<Frame> frames) {
    return in(frames).isPresent();
  }

  /// The stack from the root inwards; empty where the root is not on it.
  List<Frame> below(List<Frame> frames) {
    var at = in(frames);
    return at.isEmpty() ? List.of() : frames.subList(at.getAsInt(), frames.size());
  }
}
