/// The lines behind the gaps of a trace, taken from a profile of the same workload. Start at
/// `LinesBehindGaps`.
///
/// It must not know runs, tools or text for agents.
@NullMarked
package hostperf.trace.lines;

import org.jspecify.annotations.NullMarked;
