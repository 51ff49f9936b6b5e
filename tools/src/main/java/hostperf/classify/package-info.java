/// From a line profile and the source: which lines are hotspots, and of what type. Start at
/// `Classifier`; one small class a type. It must not know runs, tools or text for agents.
@NullMarked
package hostperf.classify;

import org.jspecify.annotations.NullMarked;
