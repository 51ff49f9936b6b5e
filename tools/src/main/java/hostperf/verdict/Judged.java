package hostperf.verdict;

/// A verdict with the numbers it rests on. Its components are the fields of `compare`'s answer.
///
/// @param estimate relative change of the metric, positive better whichever its direction is:
///     0.02 is 2% more throughput or 2% less latency. The Hodges–Lehmann estimate over the pairs
/// @param interval of the same kind, at the confidence that the verdict was judged at
/// @param pairs how many were judged
/// @param p two-sided, of no change, before any correction for several candidates
/// @param furtherPairs how many more would settle it four times in five if the estimate is
///     true; 0 where it is settled or more would not help
/// @param reason one sentence with the numbers that decided
public record Judged(
    Verdict verdict,
    double estimate,
    Interval interval,
    int pairs,
    double p,
    int furtherPairs,
    String reason) {}
