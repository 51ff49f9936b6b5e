/// The checkout's own tests: which to run for a change, running them with pytest, reading what
/// came out, and telling what the change broke from what was broken before. Start at `UnitTests`.
/// It must not know runs, tools or text for agents; who puts the base's content in place is the
/// caller's affair (`Base`).
@NullMarked
package hostperf.unittest;

import org.jspecify.annotations.NullMarked;
