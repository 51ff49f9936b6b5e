/// What is known of a line or function beyond its time: what it does, measured while the engine's
/// steps ran. Start at `Facts`. It must not know how a fact is used to classify, or how it reads.
@NullMarked
package hostperf.fact;

import org.jspecify.annotations.NullMarked;
