package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnTest {
  @TempDir Path temp;

  private Frame file(String path) {
    return new Frame("f", temp.resolve(path).toString(), 1);
  }

  @Test
  void takesInThePackageOfARootThatLiesOutsideTheCheckout() throws IOException {
    for (String folder : new String[] {"lib/engine", "lib/engine/core"}) {
      Files.createDirectories(temp.resolve(folder));
      Files.createFile(temp.resolve(folder).resolve("__init__.py"));
    }
    var root = new Root("step", temp.resolve("lib/engine/core/loop.py").toString(), Root.How.FOUND);
    var own = new Own(temp.resolve("checkout"), root);
    assertThat(own.has(file("lib/engine/cache/blocks.py"))).isTrue();
    assertThat(own.has(file("checkout/run.py"))).isTrue();
    assertThat(own.has(file("lib/other/log.py"))).isFalse();
  }

  @Test
  void takesInAnInstalledEngineThatTheCheckoutOnlyDrives() {
    var step = new Frame("turn", temp.resolve("work/bench.py").toString(), 3);
    var root = new Root("turn", step.file(), Root.How.FOUND);
    var engine = file("venv/lib/python3.12/site-packages/engine/scheduler.py");
    var inTorch = file("venv/lib/python3.12/site-packages/torch/nn/functional.py");
    var queue = file("python/lib/python3.12/queue.py");
    var driven =
        List.of(
            new Stack(List.of(step, engine), 40),
            new Stack(List.of(step, engine, inTorch), 30),
            new Stack(List.of(step, engine, queue), 20),
            new Stack(List.of(step), 10));
    var own = Own.of(temp.resolve("work"), root, Tracks.profile(Tracks.main(driven)));
    assertThat(own.has(engine)).isTrue();
    assertThat(own.has(step)).isTrue();
    assertThat(own.has(inTorch)).isFalse();
    assertThat(own.has(queue)).isFalse();
    var works =
        List.of(
            new Stack(List.of(step, engine), 60),
            new Stack(List.of(step), 20),
            new Stack(List.of(step, inTorch), 20));
    assertThat(Own.of(temp.resolve("work"), root, Tracks.profile(Tracks.main(works))).has(engine))
        .isFalse();
  }

  @Test
  void takesInAnEngineOfNamespacePackagesThatTheCheckoutOnlyDrives() throws IOException {
    Files.createDirectories(temp.resolve("other/python/engine/srt/cache"));
    Files.createFile(temp.resolve("other/python/engine/__init__.py"));
    Files.createDirectories(temp.resolve("flat/nano/core"));
    Files.createFile(temp.resolve("flat/pyproject.toml"));
    var step = new Frame("turn", temp.resolve("work/bench.py").toString(), 3);
    var root = new Root("turn", step.file(), Root.How.FOUND);
    for (String at : List.of("other/python/engine/srt/%s/a.py", "flat/nano/core/%s.py")) {
      var engine = file(at.formatted("cache"));
      var stacks = List.of(new Stack(List.of(step, engine), 9), new Stack(List.of(step), 1));
      var own = Own.of(temp.resolve("work"), root, Tracks.profile(Tracks.main(stacks)));
      assertThat(own.has(engine)).isTrue();
      assertThat(own.has(file(at.formatted("io")))).isTrue();
    }
  }

  @Test
  void leavesOutWhatACheckoutKeepsOfOthers() {
    var checkout = temp.resolve("vendor/checkout");
    var own = new Own(checkout, new Root("step", checkout + "/engine/loop.py", Root.How.FOUND));
    assertThat(own.has(file("vendor/checkout/engine/cache.py"))).isTrue();
    assertThat(own.has(file("vendor/checkout/third_party/accel.py"))).isFalse();
    assertThat(own.has(file("vendor/checkout/3rdparty/kernels/launch.py"))).isFalse();
    var inside = new Root("step", checkout + "/third_party/engine/loop.py", Root.How.CONFIGURED);
    assertThat(new Own(checkout, inside).has(file("vendor/checkout/third_party/engine/io.py")))
        .isTrue();
  }
}
