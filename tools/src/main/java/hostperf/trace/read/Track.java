package hostperf.trace.read;

/// Where a piece of GPU work ran, and how it came there.
///
/// @param process the process that launched it
public record Track(long process, int device, int stream, Kind kind) {
  public enum Kind {
    /// A kernel launched by itself.
    EAGER,
    /// A kernel recorded as a node of a graph replay.
    GRAPH_NODE,
    /// A whole graph replay, recorded without its kernels.
    REPLAY
  }
}
