/// Takes the samples that a verdict on a patch needs, by swap or by launches, and keeps them. Start
/// at `Sampling`.
@NullMarked
package hostperf.run.sampling;

import org.jspecify.annotations.NullMarked;
