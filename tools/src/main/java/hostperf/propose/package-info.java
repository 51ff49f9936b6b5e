/// Options for a hotspot, from the catalogue and the facts at hand, with drafts for narrow shapes.
/// Start at `Proposer`. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.propose;

import org.jspecify.annotations.NullMarked;
