package hostperf.trace.read;

import java.util.List;
import java.util.Optional;

/// What the small numbers in the rows of an nsys export stand for; shared by all who read it.
///
/// @param names ids of names in the table of strings
record Numbering(
    Dictionary<Integer> names, Dictionary<Track> tracks, Dictionary<HostThread> threads) {
  /// Stands for the name of a graph replay, which has none in the file.
  static final int REPLAY = -2;

  private static final int COPY = -10;
  private static final List<Copy> COPIES = List.of(Copy.values());

  /// Stands for the name of copies of a kind.
  static int of(Copy copy) {
    return COPY - COPIES.indexOf(copy);
  }

  /// The name of what has none in the file.
  static Optional<String> given(int id) {
    if (id == REPLAY) {
      return Optional.of("CUDA graph replay");
    }
    int copy = COPY - id;
    return copy >= 0 && copy < COPIES.size()
        ? Optional.of(COPIES.get(copy).label())
        : Optional.empty();
  }

  Numbering() {
    this(new Dictionary<>(), new Dictionary<>(), new Dictionary<>());
  }
}
