package hostperf.measure;

import java.util.List;

/// How a measurement ended. The samples are all there are, failed and void ones too.
public sealed interface Measured {
  List<Sample> samples();

  /// All planned pairs are there.
  record Complete(List<Sample> samples) implements Measured {
    public Complete {
      samples = List.copyOf(samples);
    }
  }

  /// It could not go on; nothing may be concluded.
  record Stopped(List<Sample> samples, Cause cause, String reason) implements Measured {
    public Stopped {
      samples = List.copyOf(samples);
    }
  }

  /// Why a measurement could not go on.
  enum Cause {
    /// A field that must be equal was not.
    NOT_COMPARABLE,
    /// One pair failed or was void three times.
    PAIR_LOST,
    /// Others kept the machine so busy that no try of a pair counted; calling again goes on.
    DISTURBED,
    /// The time that a validation may take is used up.
    OUT_OF_BUDGET,
    /// Pairs scatter too much for what the budget pays for; calling again goes on.
    FUTILE,
    /// Cancelled, or the server is going down; calling again goes on.
    INTERRUPTED
  }
}
