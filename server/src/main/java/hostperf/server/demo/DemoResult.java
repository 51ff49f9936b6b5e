package hostperf.server.demo;

import java.util.List;

/// What `demo --json` prints.
///
/// @param speedup final over baseline throughput, both measured anew at the end
/// @param tests of the last run of the whole suite
/// @param checkout where the copy lies, for a look
public record DemoResult(
    List<RoundRow> rounds, double speedup, Tests tests, String checkout, List<String> report) {
  public DemoResult {
    rounds = List.copyOf(rounds);
    report = List.copyOf(report);
  }

  public record RoundRow(
      int round,
      String label,
      String type,
      String function,
      String option,
      String verdict,
      String decision) {}

  public record Tests(int passed, int failed) {}
}
