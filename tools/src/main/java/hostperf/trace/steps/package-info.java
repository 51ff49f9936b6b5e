/// The steps of an engine in a trace: from its ranges, or from what the device did again and again.
/// Start at `Steps` and `FoundSteps`.
@NullMarked
package hostperf.trace.steps;

import org.jspecify.annotations.NullMarked;
