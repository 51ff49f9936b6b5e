/// Measuring and judging: pairs of launches, the verdict that their metrics allow, and the checks
/// that keep a verdict honest. Start at `Rule` for the statistics, at `Measurement` for how
/// samples are taken. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.measure;

import org.jspecify.annotations.NullMarked;
