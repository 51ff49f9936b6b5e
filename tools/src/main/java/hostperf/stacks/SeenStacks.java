package hostperf.stacks;

import java.util.Optional;

/// What a sampling profiler saw, frames with qualified names.
///
/// @param wall where threads were
/// @param holding where the holders of the interpreter lock were, where that is known
public record SeenStacks(StackProfile wall, Optional<StackProfile> holding) {}
