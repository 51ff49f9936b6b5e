/// From a profile and the source: which lines are hotspots, in what order, and of what type each
/// can be. Start at `Classifier`; `Judge` holds what is known of a line against the heads of the
/// types page. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.classify;

import org.jspecify.annotations.NullMarked;
