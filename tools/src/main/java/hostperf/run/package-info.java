/// The steps of a run, one a class, from start to end and back after a kill. Start at `Starting`,
/// `Patching`, `Validating`. It must not know tools or text for agents.
@NullMarked
package hostperf.run;

import org.jspecify.annotations.NullMarked;
