package hostperf.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The copy that the demo works on.
class SampleCheckoutTest {
  @TempDir Path folder;

  @Test
  void canBeChangedWhereTheInstalledOneCannot() throws IOException {
    var sample = Files.createDirectory(folder.resolve("sample"));
    for (var name : new String[] {"hostperf.yaml", "engine.py"}) {
      Files.writeString(sample.resolve(name), "command: [python3, a.py]\n");
      Files.setPosixFilePermissions(
          sample.resolve(name), PosixFilePermissions.fromString("r--r--r--"));
    }
    var copy = folder.resolve("copy");
    SampleCheckout.make(sample, copy, Path.of("/opt/python"));
    assertThat(copy.resolve("hostperf.yaml")).hasContent("command: [/opt/python, a.py]");
    for (var name : new String[] {"hostperf.yaml", "engine.py"}) {
      assertThat(Files.getPosixFilePermissions(copy.resolve(name)))
          .contains(PosixFilePermission.OWNER_WRITE);
    }
  }
}
