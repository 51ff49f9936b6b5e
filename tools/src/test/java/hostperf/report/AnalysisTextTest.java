package hostperf.report;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.agent.AnalysisOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnalysisTextTest {
  @Test
  void leavesOutTheProfileAndFileThatThereAreNone() {
    assertThat(AgentText.of(new AnalysisOutcome.Classified("", List.of(), 0, "", List.of())))
        .startsWith("0 hotspots.\n");
  }

  /// How often a line runs is said where it is known, and nobody knows the risk of an edit that is
  /// not written.
  @Test
  void saysNoScopeAndNoRiskThatNobodyKnows() {
    assertThat(classified("unknown")).contains("h1 HOIST (high): ").doesNotContain("unknown");
    assertThat(classified("per_layer")).contains("h1 HOIST (high, per_layer): ");
    assertThat(proposed(Optional.empty(), Optional.empty()))
        .contains("of the profiled time; no draft\n");
    assertThat(proposed(Optional.of("low"), Optional.empty()))
        .contains("; risk low, small, no draft\n");
  }

  /// A list that is cut says of how much.
  @Test
  void saysHowManyCallersAndTestsThereAreBesideThoseShown() {
    var row = new AnalysisOutcome.RelatedRow("f", "a.py", 3, true, Optional.of(0.25));
    var defined = new AnalysisOutcome.RelatedRow("g", "b.py", 7, false, Optional.of(0.25));
    var context =
        new AnalysisOutcome.ContextRow(
            List.of(row),
            List.of(row, defined),
            List.of(),
            List.of("self.rows"),
            List.of("self.rows"),
            List.of("t.py"),
            12,
            2,
            0,
            9);
    assertThat(proposed(Optional.of("low"), Optional.of(context)))
        .contains("  called by, of what samples met: f (a.py:3, 25.0%) and 11 more\n")
        .contains("  calls, of what samples met: f (called at a.py:3, 25.0%), g (b.py:7, 25.0%)\n")
        .contains("  sets or changes: self.rows\n")
        .contains(
            "  tests by the target's map, or that use its file or its name: t.py and 8 more\n");
  }

  @Test
  void aHotspotWhoseSecondsAreNotKnownHasNone() {
    assertThat(classified("per_step", Optional.of(1.0)))
        .contains("h1 HOIST (high, per_step): 1.00 s, 10.0% of");
    assertThat(classified("per_step", Optional.empty()))
        .contains("h1 HOIST (high, per_step): 10.0% of");
  }

  private static String classified(String scope) {
    return classified(scope, Optional.of(1.0));
  }

  private static String classified(String scope, Optional<Double> seconds) {
    var row =
        new AnalysisOutcome.HotspotRow(
            "h1",
            "f",
            "a.py",
            1,
            "x = 1",
            Optional.of("HOIST"),
            List.of(),
            false,
            false,
            Optional.of("high"),
            scope,
            Optional.of(1L),
            seconds,
            Optional.empty(),
            0.1,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of());
    return AgentText.of(new AnalysisOutcome.Classified("p1", List.of(row), 1, "", List.of()));
  }

  private static String proposed(
      Optional<String> risk, Optional<AnalysisOutcome.ContextRow> context) {
    var option =
        new AnalysisOutcome.OptionRow(
            "A",
            "hoist",
            "An edit",
            "It is one.",
            Optional.of(1.0),
            0.1,
            risk,
            risk.map(_ -> "small"),
            List.of(),
            "Measure.",
            Optional.empty(),
            Optional.empty());
    return AgentText.of(
        new AnalysisOutcome.OptionsProposed(
            "h1", Optional.empty(), List.of(option), "A", "Because.", context, List.of()));
  }
}
