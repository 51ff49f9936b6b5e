package hostperf.stacks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.function.UnaryOperator;

/// A sampling profile: what every thread of every process was doing.
///
/// @param unit what a weight counts
/// @param source the format it was read from, as a reader would name it
public record StackProfile(List<ThreadStacks> tracks, Unit unit, String source) {
  /// What weights are in.
  public enum Unit {
    SECONDS,
    SAMPLES
  }

  public StackProfile {
    tracks = List.copyOf(tracks);
  }

  public double weight() {
    return tracks.stream().mapToDouble(ThreadStacks::weight).sum();
  }

  public boolean isEmpty() {
    return tracks.stream().allMatch(track -> track.stacks().isEmpty());
  }

  /// The same profile with absolute paths: a script is known to its interpreter by the path that it
  /// was started with.
  ///
  /// @param directory where the program was started
  public StackProfile startedIn(Path directory) {
    return renamed(
        frame -> {
          var file = directory.resolve(frame.file());
          return frame.file().isEmpty() || !Files.isRegularFile(file)
              ? frame
              : new Frame(frame.function(), file.normalize().toString(), frame.line());
        });
  }

  /// The same profile with its frames renamed; equal frames are renamed once.
  StackProfile renamed(UnaryOperator<Frame> rename) {
    var known = new HashMap<Frame, Frame>();
    var renamed =
        new EachStack<>(
            frames ->
                List.copyOf(frames.stream().map(f -> known.computeIfAbsent(f, rename)).toList()));
    return new StackProfile(
        tracks.stream()
            .map(
                track ->
                    new ThreadStacks(
                        track.process(),
                        track.thread(),
                        track.stacks().stream()
                            .map(stack -> new Stack(renamed.of(stack), stack.weight()))
                            .toList(),
                        track.isOrdered()))
            .toList(),
        unit,
        source);
  }
}
