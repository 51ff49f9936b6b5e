package hostperf.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModulesTest {
  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    write("batch.py", "class Req:\n    def is_dllm(self):\n        return False\n");
    write("plain.py", "from batch import Req\nclass Plain(Mixin,\n    Req):\n    pass\n");
    write(
        "alias.py", "import batch\nfrom batch import Req as Base\nclass Other(Base):\n    pass\n");
    write("dotted.py", "import batch\nclass Dotted(batch.Req):\n    pass\n");
    write("takes.py", "from batch import Req\ndef take(req: Req) -> Req:\n    return req\n");
    write("request.py", "class Request:\n    pass\nclass Big(Request):\n    pass\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static PythonClass req(Sources sources) {
    return sources.file("batch.py").orElseThrow().classes().getFirst();
  }

  @Test
  void findsWhatDerivesFromAClassUnderEachNameOfIt() {
    var sources = new Sources(folder);
    assertThat(new Modules(sources).subclasses(req(sources)))
        .extracting(PythonClass::qualifiedName)
        .containsExactlyInAnyOrder("Plain", "Other", "Dotted");
  }

  /// A large checkout has thousands of files; whoever cancels does not wait for all of them.
  @Test
  void readsNoFileForWorkThatWasCancelled() {
    var sources = new Sources(folder);
    var modules = new Modules(sources);
    var req = req(sources);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> modules.subclasses(req)).isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
