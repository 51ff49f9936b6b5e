/// Whether two versions of a program do the same: what the functions around a patch are given, what
/// they give, and what they change, recorded in a launch of each and compared. Start at `Behaviour`
/// for the answer, at `Around` for which functions, at `Versions` for how recordings compare. It
/// must not know runs, tools or text for agents.
@NullMarked
package hostperf.behaviour;

import org.jspecify.annotations.NullMarked;
