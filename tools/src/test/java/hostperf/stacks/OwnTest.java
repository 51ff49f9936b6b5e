package hostperf.stacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
