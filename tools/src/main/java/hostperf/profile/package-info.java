/// Profiling: the launches of the workload under the passes `samples`, `lines` and `facts`, what
/// they wrote, and the drill-down to callees. Start at `Passes`; `Observed` is what comes of them.
/// It must not know runs, tools or text for agents.
@NullMarked
package hostperf.profile;

import org.jspecify.annotations.NullMarked;
