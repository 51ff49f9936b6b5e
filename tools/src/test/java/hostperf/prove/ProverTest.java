package hostperf.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.catalog.Catalog;
import hostperf.catalog.Example.Needs;
import hostperf.host.LocalProcesses;
import hostperf.prove.Proof.Different;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.Failed;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Proof.Skipped;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProverTest {
  private static final String INPUTS = "def calls(m):\n    yield m.f, ([3, 1],)\n";

  private final Catalog catalog = Catalog.read(Golden.root().resolve("references"));
  private final Runner runner = new Runner(new LocalProcesses(), "python3");

  @Test
  void everyExampleOfTheCatalogueGivesEqualResults() {
    var proof =
        new Prover(catalog, new LocalProcesses(), "python3")
            .prove(Optional.empty(), TorchDevice.CPU, Effort.CHECK);
    assertThat(proof.results())
        .extracting(PairResult::result)
        .hasOnlyElementsOfTypes(Equal.class, Skipped.class);
    assertThat(proof.results()).filteredOn(f -> f.result() instanceof Equal).hasSizeGreaterThan(30);
    assertThat(proof.holds()).isTrue();
  }

  @Test
  void aDifferentResultIsTold() {
    assertThat(result("def f(x): return sorted(x)", "def f(x): return x"))
        .isInstanceOf(Different.class);
  }

  @Test
  void aDifferentExceptionIsTold() {
    assertThat(result("def f(x): raise KeyError(1)", "def f(x): raise ValueError(1)"))
        .isInstanceOf(Different.class);
  }

  @Test
  void aChangedArgumentIsTold() {
    assertThat(result("def f(x): return sorted(x)", "def f(x): x.sort(); return list(x)"))
        .isInstanceOf(Different.class);
  }

  @Test
  void whatCannotRunHasFailed() {
    assertThat(result("def f(x) return x", "def f(x): return x"))
        .isInstanceOfSatisfying(Failed.class, f -> assertThat(f.detail()).contains("SyntaxError"));
  }

  @Test
  void whatNeedsAGpuIsSkippedOnTheHost() {
    var pair = new ModulePair("p", Needs.CUDA, "", "", "");
    assertThat(runner.run(List.of(pair), TorchDevice.CPU, Effort.CHECK).results())
        .extracting(f -> f.result().detail())
        .containsExactly("its gain shows on a GPU only: prove --device cuda");
  }

  @Test
  void whatUsesNoTensorIsSkippedOnAGpu() {
    var pair = new ModulePair("p", Needs.PYTHON, "", "", INPUTS);
    assertThat(runner.run(List.of(pair), TorchDevice.CUDA, Effort.CHECK).results())
        .extracting(f -> f.result().detail())
        .containsExactly("it uses no tensor, so a GPU is no matter: prove without --device");
  }

  @Test
  void measuresBothSidesInSeveralProcesses() {
    var slow = "def f(x): return sum(range(20000))";
    var pair = new ModulePair("p", Needs.PYTHON, slow, "def f(x): return 199990000", INPUTS);
    var proof = runner.run(List.of(pair), TorchDevice.CPU, new Effort(2, 2));
    var equal = (Equal) proof.results().getFirst().result();
    assertThat(equal.gain().orElseThrow().before().values()).isEqualTo(4);
    // 20,000 additions against a constant: hundreds of times, whatever the machine.
    assertThat(equal.gain().orElseThrow().ratio()).isGreaterThan(20);
  }

  @Test
  void refusesAnInterpreterThatIsNotThere() {
    var nowhere = new Runner(new LocalProcesses(), "no-such-python");
    assertThatThrownBy(() -> nowhere.run(List.of(), TorchDevice.CPU, Effort.CHECK))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no-such-python");
  }

  private Proof.Result result(String before, String after) {
    var pair = new ModulePair("p", Needs.PYTHON, before, after, INPUTS);
    return runner.run(List.of(pair), TorchDevice.CPU, Effort.CHECK).results().getFirst().result();
  }
}
