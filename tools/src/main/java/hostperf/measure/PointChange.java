package hostperf.measure;

import hostperf.verdict.Verdict;

/// One point of the workload before and after.
///
/// @param verdict judged as one of all points
/// @param change of the deciding metric
public record PointChange(String point, Verdict verdict, MetricChange change) {}
