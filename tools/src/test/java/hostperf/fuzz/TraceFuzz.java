package hostperf.fuzz;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.trace.answer.Samples;
import hostperf.trace.answer.Settings;
import hostperf.trace.answer.TraceDetector;
import java.util.List;

/// A trace, by its content a SQLite export or JSON, is judged or said not to be.
public final class TraceFuzz {
  // No ending of nsys' own, which would start nsys.
  private static final InputFile INPUT = new InputFile("trace");

  private TraceFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      var _ =
          new TraceDetector(new LocalProcesses())
              .detect(List.of(INPUT.of(bytes)), Settings.defaults(), Samples.RANGES);
    } catch (Refusal _) {
      // Said not to be.
    }
  }
}
