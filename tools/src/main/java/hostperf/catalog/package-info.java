/// The reference pages that the code reads: optimisation patterns with their heads and examples.
/// Start at `Catalog`. The pages under `references/` are the only source: what a pattern is, what
/// it saves and what must hold stands there and nowhere in Java. It must not know hotspots,
/// options, runs or text for agents.
@NullMarked
package hostperf.catalog;

import org.jspecify.annotations.NullMarked;
