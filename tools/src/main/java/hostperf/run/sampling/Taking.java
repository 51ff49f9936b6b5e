package hostperf.run.sampling;

import hostperf.journal.ValidationRecord;
import hostperf.measure.Question;
import hostperf.measure.Sample;
import java.util.List;

/// How the samples of a validation were taken, or why there are none.
public sealed interface Taking {
  /// @param way how, and why so
  /// @param forecast what was said before the launches
  record Result(
      Question question,
      List<Sample> samples,
      double floor,
      ValidationRecord.Way way,
      String forecast)
      implements Taking {
    public Result {
      samples = List.copyOf(samples);
    }
  }

  /// The versions cannot take turns in a launch.
  record Unfit(String reason) implements Taking {}

  /// Nothing may be concluded.
  record Stopped(String reason, List<String> missing) implements Taking {
    public Stopped {
      missing = List.copyOf(missing);
    }
  }
}
