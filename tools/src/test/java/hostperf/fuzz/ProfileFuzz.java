package hostperf.fuzz;

import hostperf.Refusal;
import hostperf.lines.LineProfileReader;

/// A line-profiler report is read or refused, and its figures can be told.
public final class ProfileFuzz {
  private static final InputFile INPUT = new InputFile("profile.txt");

  private ProfileFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    try {
      var report = LineProfileReader.read(INPUT.of(bytes));
      for (var function : report.functions()) {
        require(isTime(function.seconds()) && function.calls() >= 0, function.name());
        for (var line : function.lines()) {
          require(line.hits() >= 0 && isTime(line.seconds()) && line.line() >= 0, "a line");
        }
      }
      for (var timer : report.timers()) {
        require(isTime(timer.seconds()) && timer.calls() >= 0, timer.name());
      }
    } catch (Refusal refusal) {
      require(refusal.why().length() < 2_000, "length of a refusal");
    }
  }

  private static boolean isTime(double seconds) {
    return Double.isFinite(seconds) && seconds >= 0;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
