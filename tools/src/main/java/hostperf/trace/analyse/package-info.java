/// What a trace says about one process, step by step: `Windows` finds the steps, `ProcessAnalysis`
/// turns them into figures.
///
/// It must not know files or how several traces make one answer.
@NullMarked
package hostperf.trace.analyse;

import org.jspecify.annotations.NullMarked;
