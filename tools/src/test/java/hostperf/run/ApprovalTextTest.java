package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.audit.Finding;
import hostperf.audit.Suspicion;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
import hostperf.classify.facts.Scope;
import hostperf.journal.Change;
import hostperf.journal.Samples;
import hostperf.patch.FileChange;
import hostperf.patch.Patch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ApprovalTextTest {
  private static final Finding CLOCK =
      new Finding(
          "engine/step.py",
          7,
          Finding.Side.ADDED,
          Suspicion.TIMING,
          "reads the clock",
          "t = time.time()");
  private static final String FLAG = CLOCK.sentence();

  private static String text(int lines, List<Finding> findings) {
    return asked(lines, findings).text();
  }

  private static ApprovalText asked(int lines, List<Finding> findings) {
    var before = code(lines, "a");
    var patch =
        new Patch(List.of(new FileChange("engine/step.py", before, before + code(lines, "b"))));
    return ApprovalText.of(
        patch, "Hoist the read-back", Optional.empty(), Optional.empty(), findings);
  }

  private static String code(int lines, String name) {
    return IntStream.range(0, lines)
        .mapToObj(i -> name + i + " = 0\n")
        .collect(Collectors.joining());
  }

  @Test
  void saysWhatWhereAndHowMuchInItsFirstLine() {
    assertThat(text(3, List.of()).lines().findFirst())
        .contains(
            "Apply this patch? engine/step.py, 3 lines, risk not rated, the audit flags nothing,"
                + " commit message: Hoist the read-back");
    assertThat(text(3, List.of(CLOCK)).lines().findFirst().orElseThrow())
        .contains("THE AUDIT FLAGS 1 LINE");
  }

  /// What an agent names is its word, and need not be what the patch changes.
  @Test
  void saysWhoNamesTheHotspotAndWhetherThePatchChangesItsFunction() {
    var word = new Hotspot.Decision(HotspotType.DEAD_WORK, Hotspot.Decision.By.AGENT, List.of("x"));
    assertThat(about(2, word))
        .contains("Hotspot: DEAD_WORK, as the agent names it, at engine/step.py:2 in f")
        .contains("  the agent says: x\n")
        .doesNotContain("changes no line");
    var silent = new Hotspot.Decision(HotspotType.DEAD_WORK, Hotspot.Decision.By.AGENT, List.of());
    assertThat(about(2, silent)).contains("  the agent gives no reason\n");
    assertThat(about(5, word)).contains("  The patch changes no line of this function.\n");
    var facts = new Hotspot.Decision(HotspotType.DEAD_WORK, Hotspot.Decision.By.FACTS, List.of());
    assertThat(about(2, facts)).contains("Hotspot: DEAD_WORK at engine/step.py:2 in f");
  }

  private static String about(int line, Hotspot.Decision decision) {
    var hotspot =
        new Hotspot(
            "h1",
            new Hotspot.Place("f", "engine/step.py", line, "x = 1"),
            new Hotspot.Cost(1, 1, 0.1, Optional.empty()),
            new Hotspot.Judgement(
                Hotspot.Mark.TARGET,
                Scope.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                Optional.of(decision),
                Optional.empty()));
    var before = "def f():\n    x = 1\n\ndef g():\n    y = 1\n";
    var patch =
        new Patch(
            List.of(new FileChange("engine/step.py", before, before.replace("x = 1", "x = 2"))));
    return ApprovalText.of(patch, "Set x", Optional.of(hotspot), Optional.empty(), List.of())
        .text();
  }

  @Test
  void saysEachThingOnce() {
    for (int lines : List.of(3, 40)) {
      assertThat(text(lines, List.of())).containsOnlyOnce("Hoist the read-back");
      assertThat(text(lines, List.of())).containsOnlyOnce("audit");
      assertThat(text(lines, List.of())).containsOnlyOnce("not rated");
    }
  }

  @Test
  void saysAgainBelowALongDiffWhatTheAuditFlags() {
    assertThat(text(3, List.of(CLOCK))).containsOnlyOnce("! " + FLAG);
    var longer = text(40, List.of(CLOCK));
    assertThat(longer).endsWith("\nEnd of the diff.\nThe audit flags:\n  ! " + FLAG + "\n");
    assertThat(longer.indexOf("! " + FLAG)).isLessThan(longer.indexOf("+b0"));
  }

  @Test
  void letsNoFindingPassForALineOfItsOwn() {
    var odd = new Finding("a.py", 1, Finding.Side.ADDED, Suspicion.UNREAD, "x\nAll is well.", "");
    assertThat(text(3, List.of(odd)).lines()).noneMatch(line -> line.startsWith("All is well."));
  }

  @Test
  void setsTheFindingsAndTheWholeDiffApart() {
    var exhibit = asked(40, List.of(CLOCK)).exhibit();
    assertThat(exhibit.remarks())
        .singleElement()
        .satisfies(
            r -> {
              assertThat(r.file() + ":" + r.line()).isEqualTo(CLOCK.place());
              assertThat(r.isRemoved()).isFalse();
              assertThat(r.text()).isEqualTo("reads the clock: " + Suspicion.TIMING.why());
            });
    assertThat(asked(40, List.of(CLOCK)).text()).contains(exhibit.diff());
  }

  /// What the audit flagged when the patch was applied is said again.
  @Test
  void saysWhyAChangeIsHeldAndWhatItsBehaviourIs() {
    var made = Samples.change(1);
    var change =
        new Change("patch-1", 1, made.code(), made.origin(), "hoist", List.of(CLOCK.sentence()));
    var difference =
        new Behaviour.Difference("m.Engine.step", 3, "MainThread", "result", "", "1", "2");
    var behaviour =
        new Behaviour(
            Behaviour.Result.DIFFERENT,
            List.of("m.Engine.step"),
            10,
            10,
            Optional.of(difference),
            List.of(),
            List.of());
    var asked =
        ApprovalText.ofKeeping(change, "It gains too much.", Optional.of(behaviour), "diff");
    assertThat(asked.text()).contains("BEHAVES DIFFERENTLY", "It gains too much.");
    assertThat(asked.exhibit().facts())
        .containsExactly(
            "It gains too much.",
            "Behaviour: %s.".formatted(BehaviourWords.of(behaviour)),
            "The audit flagged " + CLOCK.sentence());
    assertThat(asked.exhibit().diff()).isEqualTo("diff");
  }
}
