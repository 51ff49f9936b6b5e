/// Whether both versions of a patch can alternate inside one launch, and what such a launch needs.
/// Start at `Swappability`. What happens inside the launch is Python's part:
/// `hostperf_inject/swap`.
@NullMarked
package hostperf.measure.swap;

import org.jspecify.annotations.NullMarked;
