package hostperf.trace.analyse;

import java.util.Optional;
import java.util.regex.Pattern;

/// One pass of the executor's loop, as its NVTX range names it.
public record Step(long number, long contextRequests, long generationRequests, long start) {
  /// The newer form has "ctx tokens" between the two counts.
  private static final Pattern NAME =
      Pattern.compile(
          "\\[Executor\\] _forward_step (\\d{1,18}): (\\d{1,18}) ctx reqs, "
              + "(?:\\d+ ctx tokens, )?(\\d{1,18}) gen reqs");

  /// What all step ranges are called in tables: their own names differ in every step.
  public static final String RANGE = "[Executor] _forward_step";

  static Optional<Step> of(String rangeName, long start) {
    if (!rangeName.startsWith(RANGE)) {
      return Optional.empty();
    }
    var match = NAME.matcher(rangeName);
    return match.lookingAt()
        ? Optional.of(
            new Step(
                Long.parseLong(match.group(1)),
                Long.parseLong(match.group(2)),
                Long.parseLong(match.group(3)),
                start))
        : Optional.empty();
  }

  Phase phase() {
    if (contextRequests > 0) {
      return Phase.CONTEXT;
    }
    return generationRequests > 0 ? Phase.GENERATION : Phase.NO_WORK;
  }

  public enum Phase {
    CONTEXT,
    GENERATION,
    /// No request was scheduled.
    NO_WORK
  }
}
