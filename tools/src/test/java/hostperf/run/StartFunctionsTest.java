package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Library;
import hostperf.configuration.ConfigurationReader;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Of the names that a function has in an engine's layouts, the checkout's own is profiled.
class StartFunctionsTest {
  private static final String PYEXECUTOR = "tensorrt_llm._torch.pyexecutor.";

  @TempDir Path checkout;

  @Test
  void anOlderLayoutIsProfiledByItsOwnNames() throws IOException {
    write(
        "model_engine.py",
        """
        class PyTorchModelEngine:
            def _prepare_inputs(self):
                pass
        """);
    write(
        "sampler.py",
        """
        class TorchSampler:
            def sample_async(self):
                pass
        """);
    assertThat(names())
        .contains(
            PYEXECUTOR + "model_engine.PyTorchModelEngine._prepare_inputs",
            PYEXECUTOR + "sampler.TorchSampler.sample_async")
        .doesNotContain(
            PYEXECUTOR + "engine.runners.decoder.runner.DecoderRunner._prepare_inputs",
            PYEXECUTOR + "sampler.sampler.TorchSampler.sample_async");
  }

  @Test
  void whatNoLayoutHasKeepsItsNewestName() throws IOException {
    assertThat(names())
        .contains(PYEXECUTOR + "engine.runners.decoder.runner.DecoderRunner._prepare_inputs");
  }

  private List<String> names() throws IOException {
    Files.writeString(
        checkout.resolve("hostperf.yaml"),
        """
        target: tensorrt-llm
        workload:
          command: [python3, bench.py]
          metrics:
            - {name: tput, unit: tok/s, better: higher, primary: true, pattern: 'tput=(\\d+)'}
        """);
    return new StartFunctions(
            ConfigurationReader.require(checkout),
            Optional.empty(),
            new Library(Golden.root()),
            new Sources(checkout))
        .all();
  }

  private void write(String file, String text) throws IOException {
    var path = checkout.resolve("tensorrt_llm/_torch/pyexecutor").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
