package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.journal.Move;
import hostperf.measure.Launched;
import hostperf.measure.MeasurementEvent;
import hostperf.measure.Sample;
import hostperf.measure.Slot;
import hostperf.measure.Surroundings;
import hostperf.run.sampling.KeptSamples;
import hostperf.verdict.Side;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tests that a call leaves out, that a patch skips, and failures that would be forgotten. With
/// real git, Python and pytest.
class TestGateTest {
  @TempDir Path folder;
  private GateCheckout gate;

  @BeforeEach
  void anEngineWithItsTests() {
    gate = new GateCheckout(folder.resolve("checkout"));
  }

  private Optional<OneLaunch.Many> byOneLaunch() {
    var run = gate.run();
    return new OneLaunch(gate.checkout).objection(run, run.openChange().orElseThrow());
  }

  @Test
  void saysNothingOfAPatchThatOneLaunchCanHold() {
    gate.begin().patch(GateCheckout.HOT, "    return x + x", "    return 2 * x");
    assertThat(byOneLaunch()).isEmpty();
  }

  @Test
  void saysOfACacheThatItIsMeasuredByManyLaunches() {
    gate.begin()
        .patch(
            GateCheckout.HOT,
            "    return x + x",
            "    global kept\n    kept = x + x\n    return kept");
    assertThat(byOneLaunch())
        .hasValueSatisfying(
            many -> assertThat(many.why()).contains("`twice` sets `kept` outside itself"))
        .hasValueSatisfying(many -> assertThat(many.launches()).isEqualTo(17));
  }

  @Test
  void whatManyLaunchesTakeIsToldFromTheLatest() {
    gate.begin()
        .patch(
            GateCheckout.HOT,
            "    return x + x",
            "    global kept\n    kept = x + x\n    return kept");
    assertThat(byOneLaunch().orElseThrow().each()).isEmpty();
    var kept = new KeptSamples(gate.checkout.runs(), gate.run().id());
    for (int pair = 1; pair <= 6; pair++) {
      kept.keep("patch-0", new MeasurementEvent.Took(launch(pair, pair < 3 ? 500 : 20 + pair)));
    }
    kept.keep("patch-0", new MeasurementEvent.Took(failed(7)));
    assertThat(byOneLaunch().orElseThrow().each()).hasValue(24.5);
  }

  private static Sample launch(int pair, double seconds) {
    return sample(pair, seconds, Optional.empty());
  }

  private static Sample failed(int pair) {
    return sample(pair, 1, Optional.of("exit code 1"));
  }

  private static Sample sample(int pair, double seconds, Optional<String> failure) {
    var surroundings = new Surroundings(Map.of(), Map.of(), Map.of());
    var launched =
        new Launched(failure, Map.of(), surroundings, Optional.empty(), Instant.EPOCH, seconds);
    return new Sample(new Slot(pair, 1, Side.BASE), launched, "c0de", Optional.empty());
  }

  @Test
  void aTestThatIsNamedTakesThePlaceOfNone() {
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_easy.py")).containsExactly("tests/test_hot.py::test_three");
    assertThat(gate.run().stage().moves()).doesNotContain(Move.VALIDATE);
  }

  @Test
  void whereNothingIsPickedTheWholeCommandRunsAndNotOnlyWhatIsNamed() {
    gate.write(
        "tests/test_hot.py",
        "import importlib\n"
            + "hot = importlib.import_module('eng' 'ine.hot')\n"
            + "def test_three(): assert hot.twice(3) == 6\n");
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_easy.py")).containsExactly("tests/test_hot.py::test_three");
  }

  @Test
  void aFailureStaysOneInALaterRunThatDoesNotNameItsTest() {
    gate.write(
        "tests/test_far.py",
        "import importlib\n"
            + "def test_far():\n"
            + "    assert importlib.import_module('eng' 'ine.hot').twice(3) == 6\n");
    gate.write(
        "tests/test_hot.py",
        "from engine.hot import twice\ndef test_two(): assert twice(2) == 4\n");
    gate.begin().patchHot(GateCheckout.WRONG);

    assertThat(gate.broken("tests/test_far.py")).containsExactly("tests/test_far.py::test_far");
    assertThat(gate.broken()).containsExactly("tests/test_far.py::test_far");
    assertThat(gate.run().stage().moves()).doesNotContain(Move.VALIDATE);
  }

  @Test
  void aFailureIsClearedByALaterRunInWhichItsTestPasses() {
    gate.write("tests/test_hot.py", passingAtRun(4, "pytest.fail('not yet')"));
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).containsExactly("tests/test_hot.py::test_counted");
    assertThat(gate.broken()).isEmpty();
    assertThat(gate.run().stage().moves()).contains(Move.VALIDATE);
  }

  @Test
  void aFailureIsNotClearedByARunThatSkipsItsTest() {
    gate.write(
        "tests/test_hot.py",
        passingAtRun(4, "pytest.fail('not yet')")
            .replace("assert twice(2) == 4", "pytest.skip('too late')"));
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).containsExactly("tests/test_hot.py::test_counted");
    assertThat(gate.broken()).contains("tests/test_hot.py::test_counted");
  }

  /// Without the patch it passes; with it, it fails until the nth run.
  private static String passingAtRun(int run, String before) {
    return """
    import pathlib, pytest
    from engine.hot import twice
    def test_easy(): pass
    def test_counted():
        if 'x + x' not in pathlib.Path('engine/hot.py').read_text():
            count = pathlib.Path('out/count')
            count.parent.mkdir(exist_ok=True)
            runs = int(count.read_text()) + 1 if count.exists() else 1
            count.write_text(str(runs))
            if runs < %d - 1:
                %s
        assert twice(2) == 4
    """
        .formatted(run, before);
  }

  @Test
  void aPatchThatSkipsItsTestsBreaksThem() {
    gate.begin()
        .patch(
            GateCheckout.HOT,
            GateCheckout.RIGHT,
            "import unittest\n\n\n"
                + "def twice(x):\n"
                + "    if x == 3:\n"
                + "        raise unittest.SkipTest('no')\n"
                + "    return x + x\n");

    var judged = gate.done();

    assertThat(judged.ran().report().passed()).isEqualTo(1);
    assertThat(judged.judgement().broken())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.id()).isEqualTo("tests/test_hot.py::test_three");
              assertThat(f.message()).contains("skipped with the change");
            });
  }

  @Test
  void aTestThatIsSkippedWithoutThePatchAsWellBreaksNothing() {
    gate.write(
        "tests/test_gpu.py",
        "import pytest\nfrom engine.hot import twice\n@pytest.mark.skip\ndef test_gpu(): pass\n");
    gate.begin().patchHot("    return 2 * x\n");

    assertThat(gate.broken()).isEmpty();
  }
}
