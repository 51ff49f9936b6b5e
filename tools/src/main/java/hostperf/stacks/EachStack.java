package hostperf.stacks;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Does once for each different stack what many samples need. A profile of hours has some thousand
/// stacks, each in many samples; its reader keeps each once, so they are told apart by identity.
final class EachStack<T> {
  private final IdentityHashMap<List<Frame>, T> known = new IdentityHashMap<>();
  private final Function<List<Frame>, T> make;

  EachStack(Function<List<Frame>, T> make) {
    this.make = make;
  }

  T of(Stack stack) {
    return known.computeIfAbsent(stack.frames(), make);
  }

  /// Each stack once, with the weight of all its samples, in the order in which they first occur.
  static List<Stack> summed(List<Stack> samples) {
    var order = new ArrayList<List<Frame>>();
    var weights =
        new EachStack<>(
            frames -> {
              order.add(frames);
              return new double[1];
            });
    samples.forEach(sample -> weights.of(sample)[0] += sample.weight());
    return order.stream()
        .map(frames -> new Stack(frames, Objects.requireNonNull(weights.known.get(frames))[0]))
        .toList();
  }
}
