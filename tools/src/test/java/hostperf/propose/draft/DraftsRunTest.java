package hostperf.propose.draft;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.catalog.Example.Needs;
import hostperf.host.LocalProcesses;
import hostperf.prove.Effort;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Proof.Skipped;
import hostperf.prove.Runner;
import hostperf.prove.TorchDevice;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The drafts are executed: before and after on the same inputs, with equal results, exceptions
/// and changed arguments. Tensor drafts run where this machine's Python has torch; those that
/// need a GPU are run with `prove`'s runner on a machine that has one.
class DraftsRunTest {
  private static final List<PatternCase> CASES =
      PatternCase.all().stream().filter(PatternCase::isRewrite).toList();

  @Test
  void beforeAndAfterDoTheSame() {
    var proof =
        new Runner(new LocalProcesses(), System.getProperty("hostperf.python", "python3"))
            .run(CASES.stream().map(PatternCase::pair).toList(), TorchDevice.CPU, Effort.CHECK);
    assertThat(proof.results())
        .extracting(PairResult::result)
        .hasOnlyElementsOfTypes(Equal.class, Skipped.class);
    assertThat(proof.results()).filteredOn(f -> f.result() instanceof Equal).hasSizeGreaterThan(15);
  }

  @Test
  void everyPurePythonCaseIsAmongThem() {
    assertThat(CASES)
        .filteredOn(c -> c.pair().needs() == Needs.PYTHON)
        .extracting(PatternCase::pattern)
        .contains(
            "hoist-invariant", "list-index-to-dict", "guard-construction", "sum-lists-to-chain");
  }
}
