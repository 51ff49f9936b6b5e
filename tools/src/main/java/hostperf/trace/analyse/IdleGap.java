package hostperf.trace.analyse;

import java.util.Optional;

/// A stretch in which no device of the process had work, and what the host did meanwhile.
///
/// @param atUs start, counted from the start of the window
/// @param step number of the step in whose period it begins; absent without steps
/// @param hostRange innermost NVTX range that covers most of it
/// @param apiCall the CUDA call that covers most of it
/// @param noWork no request was scheduled then, so the GPU had nothing to do
public record IdleGap(
    double atUs,
    double durationUs,
    Optional<Long> step,
    Optional<String> hostRange,
    Optional<String> apiCall,
    boolean noWork) {}
