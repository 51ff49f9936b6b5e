/// Whether the host keeps the GPU waiting, read from a trace. Start at `TraceDetector`; what it
/// answers is `Detection`. Readers (`NsysSqliteReader`, `KinetoReader`) turn files into one
/// `Trace`; `ProcessAnalysis` turns a trace into figures, step by step.
///
/// It must not know runs, tools or text for agents, and it never writes to a trace.
@NullMarked
package hostperf.trace;

import org.jspecify.annotations.NullMarked;
