/// From pairs of figures to a verdict: the rule, its statistics, and how many pairs it needs. Start
/// at `Rule`. It must not know launches, runs or text for agents.
@NullMarked
package hostperf.verdict;

import org.jspecify.annotations.NullMarked;
