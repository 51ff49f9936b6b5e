package hostperf.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hostperf.Refusal;
import hostperf.prove.Proof.Different;
import hostperf.prove.Proof.Equal;
import hostperf.prove.Proof.Failed;
import hostperf.prove.Proof.PairResult;
import hostperf.prove.Proof.Skipped;
import hostperf.prove.Speedup.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ProofJsonTest {
  @TempDir private Path folder;

  @Test
  void whatIsPrintedIsReadBackWhole() throws IOException {
    var gain = new Speedup(new Timing(2e-4, 0.01, 25), new Timing(8e-6, 0.4, 25));
    var proof =
        new Proof(
            "cpython 3.12.3",
            Optional.of("2.11.0"),
            Optional.of("H100"),
            List.of(
                new PairResult("mask-to-where", new Equal("1 calls", Optional.of(gain))),
                new PairResult("native-op", new Equal("1 calls", Optional.empty())),
                new PairResult("use-cpu-mirror", new Different("call 1")),
                new PairResult("cache-arange", new Failed("SyntaxError")),
                new PairResult("lazy-log", new Skipped("it uses no tensor"))));
    assertThat(ProofJson.read(List.of(written("p.json", proof)))).isEqualTo(proof);
  }

  @Test
  void filesOfOneMachineCountTogether() throws IOException {
    var both =
        ProofJson.read(
            List.of(
                written("a.json", skipped("H100", "a")), written("b.json", skipped("H100", "b"))));
    assertThat(both.results()).extracting(PairResult::id).containsExactly("a", "b");
  }

  @Test
  void filesOfTwoMachinesDoNot() throws IOException {
    var files =
        List.of(written("a.json", skipped("H100", "a")), written("b.json", skipped("H200", "b")));
    assertThatThrownBy(() -> ProofJson.read(files))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("b.json")
        .hasMessageContaining("H200");
  }

  @Test
  void refusesAnythingElse() throws IOException {
    var other = Files.writeString(folder.resolve("other.json"), "{\"verdict\": \"YES\"}");
    var text = Files.writeString(folder.resolve("text.json"), "cpython 3.12.3\n");
    for (var file : List.of(other, text, folder.resolve("none.json"))) {
      assertThatThrownBy(() -> ProofJson.read(List.of(file)))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining(file.toString());
    }
  }

  private static Proof skipped(String gpu, String id) {
    return new Proof(
        "cpython 3.12.3",
        Optional.empty(),
        Optional.of(gpu),
        List.of(new PairResult(id, new Skipped("why"))));
  }

  private Path written(String name, Proof proof) throws IOException {
    var text = new JsonMapper().writeValueAsString(ProofJson.of(proof));
    return Files.writeString(folder.resolve(name), text);
  }
}
