package hostperf.trace.analyse;

import java.util.Optional;

/// What one NVTX range costs per step, and how much of it the GPU spends waiting.
///
/// @param name the range's name; numbers that change from step to step read `N`
/// @param totalUsPerStep time in the range, nested ranges included
/// @param exposedUsPerStep the part during which the GPU was idle
/// @param hiddenUsPerStep the part during which the GPU was busy
/// @param selfExposedUsPerStep the exposed part outside nested ranges: these add up
/// @param sourceFunction the function that opens the range, where known
public record HostOperation(
    String name,
    double callsPerStep,
    double totalUsPerStep,
    double exposedUsPerStep,
    double hiddenUsPerStep,
    double selfExposedUsPerStep,
    Optional<String> sourceFunction) {}
