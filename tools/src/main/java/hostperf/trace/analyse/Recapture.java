package hostperf.trace.analyse;

import hostperf.catalog.NvtxRanges;
import hostperf.trace.read.Capture;
import hostperf.trace.read.Trace;
import java.util.Optional;

/// How to make a better trace of the engine that made this one, as the page of engines has it.
///
/// Where the engine is unknown or has no row, it is the general way.
public final class Recapture {
  private Recapture() {}

  /// @param engine whose ranges name the steps of the trace
  public static String again(Trace.Format format, Optional<String> engine, NvtxRanges ranges) {
    String evidence =
        switch (format) {
          case NSYS -> "capture_nsys";
          case KINETO -> "capture_torch";
        };
    return words(evidence, engine, ranges)
        .map(command -> "Capture again with: " + command)
        .orElseGet(() -> Capture.again(format));
  }

  public static String longer(Optional<String> engine, NvtxRanges ranges) {
    return words("capture_longer", engine, ranges)
        .map(how -> "Capture more steps: " + how + ". Or give a smaller warmup.")
        .orElse(Capture.LONGER);
  }

  private static Optional<String> words(
      String evidence, Optional<String> engine, NvtxRanges ranges) {
    return engine.isEmpty()
        ? Optional.empty()
        : ranges.settings(evidence, engine).stream().findFirst().map(NvtxRanges.Setting::words);
  }
}
