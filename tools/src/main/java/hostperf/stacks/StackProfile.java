package hostperf.stacks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

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

  /// This and what was sampled after it: a thread goes on where it was before. Of several threads
  /// of one name the first is taken for the first.
  public StackProfile then(StackProfile later) {
    var joined = new ArrayList<>(tracks);
    var goneOn = new HashSet<Integer>();
    for (ThreadStacks track : later.tracks) {
      var before =
          IntStream.range(0, tracks.size())
              .filter(i -> tracks.get(i).isSameThread(track) && !goneOn.contains(i))
              .findFirst();
      if (before.isEmpty()) {
        joined.add(track);
      } else {
        int at = before.getAsInt();
        goneOn.add(at);
        joined.set(at, tracks.get(at).then(track));
      }
    }
    return new StackProfile(joined, unit, source);
  }

  /// The same profile in seconds.
  ///
  /// @param rate how many samples of it are a second
  public StackProfile inSeconds(double rate) {
    return new StackProfile(divided(rate).tracks, Unit.SECONDS, source);
  }

  /// The same profile where its seconds are not to be trusted.
  ///
  /// @param rate how many samples were to be a second of it
  public StackProfile inSamples(double rate) {
    return new StackProfile(divided(1 / rate).tracks, Unit.SAMPLES, source);
  }

  /// The same profile with smaller weights.
  StackProfile divided(double by) {
    return with(stack -> new Stack(stack.frames(), stack.weight() / by), unit);
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
    // Processes of one program have the same stacks, each in its own file.
    var once = new HashMap<List<Frame>, List<Frame>>();
    var renamed =
        new EachStack<>(
            frames -> {
              var all = frames.stream().map(f -> known.computeIfAbsent(f, rename)).toList();
              return once.computeIfAbsent(all, List::copyOf);
            });
    return with(stack -> new Stack(renamed.of(stack), stack.weight()), unit);
  }

  private StackProfile with(UnaryOperator<Stack> change, Unit in) {
    return new StackProfile(
        tracks.stream()
            .map(
                track ->
                    new ThreadStacks(
                        track.process(),
                        track.thread(),
                        track.stacks().stream().map(change).toList(),
                        track.isOrdered()))
            .toList(),
        in,
        source);
  }
}
