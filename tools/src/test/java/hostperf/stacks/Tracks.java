package hostperf.stacks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Profiles of made-up engines, written as `main;step;schedule`, one letter a place.
final class Tracks {
  private Tracks() {}

  static Frame frame(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Frame(text, "/engine/core.py", 10)
        : new Frame(
            text.substring(0, colon),
            "/engine/core.py",
            Integer.parseInt(text.substring(colon + 1)));
  }

  static Stack stack(String text, double weight) {
    return new Stack(Arrays.stream(text.split(";")).map(Tracks::frame).toList(), weight);
  }

  /// Each stack in turn, over and over.
  static List<Stack> inTurns(int times, String... stacks) {
    List<Stack> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      for (String stack : stacks) {
        all.add(stack(stack, 0.005));
      }
    }
    return all;
  }

  static ThreadStacks main(List<Stack> stacks) {
    return new ThreadStacks(1, "MainThread", stacks, true);
  }

  static StackProfile profile(ThreadStacks... tracks) {
    return new StackProfile(List.of(tracks), StackProfile.Unit.SECONDS, "test");
  }
}
