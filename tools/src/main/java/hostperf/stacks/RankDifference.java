package hostperf.stacks;

/// A line at which one process spends more time than its siblings do: where ranks run in lockstep,
/// the line that the others wait for.
///
/// @param share own time of the line in that process, as a share of the median process's time
/// @param median the same of the median process
public record RankDifference(long process, Frame line, double share, double median) {
  double excess() {
    return share - median;
  }
}
