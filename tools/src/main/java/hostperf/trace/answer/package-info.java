/// Whether the host keeps the GPU waiting, answered from traces. Start at `TraceDetector`; what it
/// answers is `Detection`. `TraceComparison` says what changed between two traces.
///
/// It must not know runs, tools or text for agents.
@NullMarked
package hostperf.trace.answer;

import org.jspecify.annotations.NullMarked;
