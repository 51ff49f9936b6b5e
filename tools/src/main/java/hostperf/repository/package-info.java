/// The checkout: what its commit holds, what the user has changed, and moves from one commit to
/// another that survive a kill at any point. Start at `Repository` and `Intent`; `GitRepository`
/// is the real one. No hook and no filter of the checkout is run. It must not know runs.
@NullMarked
package hostperf.repository;

import org.jspecify.annotations.NullMarked;
