/// The figures that a workload prints: which they are, which way is better, and how they are read.
/// Start at `Metric`.
@NullMarked
package hostperf.metric;

import org.jspecify.annotations.NullMarked;
