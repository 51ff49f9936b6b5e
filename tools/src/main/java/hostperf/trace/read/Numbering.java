package hostperf.trace.read;

/// What the small numbers in the rows of an nsys export stand for; shared by all who read it.
///
/// @param names ids of names in the table of strings
record Numbering(
    Dictionary<Integer> names, Dictionary<Track> tracks, Dictionary<HostThread> threads) {
  /// Stands for the name of a graph replay, which has none in the file.
  static final int REPLAY = -2;

  Numbering() {
    this(new Dictionary<>(), new Dictionary<>(), new Dictionary<>());
  }
}
