package hostperf.trace.steps;

import java.util.Comparator;
import java.util.Optional;

/// What a step works on.
///
/// @param contextRequests requests with prompt tokens, where the trace counts them
/// @param generationRequests requests that generate, where the trace counts them
/// @param label for people; equal for steps of equal make-up
public record MakeUp(
    Optional<Long> contextRequests, Optional<Long> generationRequests, String label)
    implements Comparable<MakeUp> {
  private static final Comparator<MakeUp> ORDER =
      Comparator.comparingLong((MakeUp m) -> m.contextRequests.orElse(0L))
          .thenComparingLong(m -> m.generationRequests.orElse(0L))
          .thenComparing(MakeUp::label);

  static MakeUp ofRequests(long context, long generation) {
    return new MakeUp(
        Optional.of(context), Optional.of(generation), context + " ctx + " + generation + " gen");
  }

  static MakeUp named(String label) {
    return new MakeUp(Optional.empty(), Optional.empty(), label);
  }

  @Override
  public int compareTo(MakeUp other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return label;
  }
}
