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
}
