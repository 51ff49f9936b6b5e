/// What the code that a patch touches costs before and after it, and what the metric can gain from
/// that at most. Start at `TouchedCode`.
@NullMarked
package hostperf.measure.touched;

import org.jspecify.annotations.NullMarked;
