/// What each line of a function cost and how often it ran: the model, and the reports of
/// line_profiler as people have them, text, logs and `.lprof`. Start at `LineProfile`.
@NullMarked
package hostperf.lines;

import org.jspecify.annotations.NullMarked;
