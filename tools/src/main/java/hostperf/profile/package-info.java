/// Profiling: the workload's launches, line_profiler's reports, and the drill-down to callees.
/// Start at `LineProfile`. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.profile;

import org.jspecify.annotations.NullMarked;
