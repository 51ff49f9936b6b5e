/// The catalogue proves itself: runs the before and after of each pattern, checks that they give
/// equal results, and measures what the change gains. Start at `Prover`; what runs in Python is
/// `runner.py` beside this package's resources. It must not know hotspots, runs or text for agents.
@NullMarked
package hostperf.prove;

import org.jspecify.annotations.NullMarked;
