package hostperf.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  @Test
  void tellsOneReasonForSeveralThingsOnce() {
    assertThat(
            Repeats.told(
                List.of(
                    "No draft for a.py:3, option A (x): it does not parse",
                    "Approval by the flag",
                    "No draft for a.py:3, option B (y): it does not parse",
                    "No draft for b.py:9, option A (x): it is protected")))
        .containsExactly(
            "No draft, refused 2 times: it does not parse (a.py:3, option A (x); a.py:3, option B"
                + " (y))",
            "Approval by the flag",
            "No draft for b.py:9, option A (x): it is protected");
  }

  @Test
  void namesThreeThingsAndCountsTheOthers() {
    var notes = List.of("No draft for a: no", "No draft for b: no", "No draft for c: no");
    var five = new java.util.ArrayList<>(notes);
    five.addAll(List.of("No draft for d: no", "No draft for e: no"));
    assertThat(Repeats.told(five))
        .containsExactly("No draft, refused 5 times: no (a; b; c; and 2 more)");
  }

  @Test
  void countsEqualNotes() {
    assertThat(Repeats.told(List.of("tests: fail", "tests: fail")))
        .containsExactly("tests: fail (2 times)");
  }
}
