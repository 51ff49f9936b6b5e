package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.profile.LoadedModules;
import hostperf.stacks.Frame;
import hostperf.stacks.Ranking;
import hostperf.stacks.Rankings;
import hostperf.stacks.Root;
import hostperf.stacks.Shares;
import hostperf.stacks.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledCopyTest {
  @TempDir Path folder;
  private Path checkout;

  @BeforeEach
  void checkout() throws IOException {
    checkout = folder.resolve("checkout");
    file("checkout/engine/core.py");
    file("checkout/src/other/core.py");
  }

  private Path file(String name) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private static Ranking ranking(Path file) {
    var bench = new Frame("main", "/bench.py", 10);
    var step = new Frame("Engine.step", file.toString(), 5);
    var shares =
        Shares.of(List.of(new Stack(List.of(bench), 10), new Stack(List.of(bench, step), 90)));
    return Rankings.of(new Root("main", "/bench.py", Root.How.FOUND), shares, shares, 100);
  }

  private Optional<String> remark(Path file, String module) {
    return InstalledCopy.of(
            ranking(file), new LoadedModules(Map.of(file.toString(), module)), checkout)
        .map(InstalledCopy::remark);
  }

  @Test
  void namesTheFileThatRunsAndTheOneOfTheCheckout() throws IOException {
    var wheel = file("site-packages/engine/core.py");
    assertThat(remark(wheel, "engine.core").orElseThrow())
        .contains("imports " + wheel + ", not engine/core.py, and 90% of the root's time");
    assertThat(remark(file("site-packages/other/core.py"), "other.core").orElseThrow())
        .contains("not src/other/core.py");
  }

  @Test
  void saysNothingOfTheCheckoutsOwnFilesHoweverTheyAreReached() throws IOException {
    assertThat(remark(checkout.resolve("engine/core.py"), "engine.core")).isEmpty();
    var link = Files.createSymbolicLink(folder.resolve("linked"), checkout);
    assertThat(remark(link.resolve("engine/core.py"), "engine.core")).isEmpty();
    // In a container.
    assertThat(remark(Path.of("/mnt/engine/core.py"), "engine.core")).isEmpty();
  }

  @Test
  void knowsEveryFileThatWasImportedInPlaceOfTheCheckouts() throws IOException {
    file("checkout/engine/cheap.py");
    file("checkout/engine/both.py");
    var wheel = file("site-packages/engine/core.py");
    var modules = new HashMap<String, String>();
    modules.put(wheel.toString(), "engine.core");
    modules.put(file("site-packages/engine/cheap.py").toString(), "engine.cheap");
    modules.put(file("site-packages/engine/both.py").toString(), "engine.both");
    // Of another process.
    modules.put(checkout.resolve("engine/both.py").toString(), "engine.both");
    var copy = InstalledCopy.of(ranking(wheel), new LoadedModules(modules), checkout).orElseThrow();
    assertThat(copy.files()).containsOnlyKeys("engine/core.py", "engine/cheap.py");
  }

  @Test
  void saysNothingOfLibraries() throws IOException {
    assertThat(remark(file("site-packages/numpy/core.py"), "numpy.core")).isEmpty();
    assertThat(remark(file("site-packages/a/engine/core.py"), "a.engine.core")).isEmpty();
  }
}
