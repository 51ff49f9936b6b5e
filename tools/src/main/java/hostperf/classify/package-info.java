/// From a profile and the source: which lines are hotspots, what is known of each, and of what type
/// it can be. Start at `Classifier`; `Knowledge` gathers the facts, `Judge` holds them against the
/// heads of the types' page. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.classify;

import org.jspecify.annotations.NullMarked;
