/// Trace files, turned into one `Trace`. `TraceFiles` finds them and picks the reader by content:
/// `NsysSqliteReader` for exports of nsys, `KinetoReader` for torch-profiler JSON.
///
/// It must not know steps, figures or verdicts, and it never writes to a trace.
@NullMarked
package hostperf.trace.read;

import org.jspecify.annotations.NullMarked;
