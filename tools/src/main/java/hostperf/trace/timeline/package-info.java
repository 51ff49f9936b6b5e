/// When the device worked and when it did not, and how much of the work came from graphs. Start at
/// `GpuTimeline`.
@NullMarked
package hostperf.trace.timeline;

import org.jspecify.annotations.NullMarked;
