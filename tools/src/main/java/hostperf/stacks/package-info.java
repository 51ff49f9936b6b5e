/// Call stacks that a sampling profiler saw: reading them, finding the engine's step in them, and
/// adding them up by function and line. Start at `StackProfile` and `Shares`. It must not know
/// runs, tools, or how the stacks were taken.
@NullMarked
package hostperf.stacks;

import org.jspecify.annotations.NullMarked;
