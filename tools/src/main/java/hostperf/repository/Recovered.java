package hostperf.repository;

import java.util.List;

/// How a crashed move was brought to an end.
///
/// @param leftAlone places that the user has changed since and that were not touched, in words
public record Recovered(Outcome outcome, List<String> leftAlone) {
  public Recovered {
    leftAlone = List.copyOf(leftAlone);
  }

  /// Which state the checkout is in now.
  public enum Outcome {
    /// The intent is carried out.
    FINISHED,
    /// As before the intent.
    UNDONE
  }
}
