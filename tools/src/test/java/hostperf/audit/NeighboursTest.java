package hostperf.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.FileChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the other files of a package allow a changed file, and what they do not.
class NeighboursTest {
  private static Neighbours of(Map<String, String> files) {
    return new Neighbours(files.keySet(), path -> Optional.ofNullable(files.get(path)));
  }

  private static List<Finding> added(String lines, Map<String, String> files) {
    var change = new FileChange("engine/core/step.py", "", lines.replace("\\n", "\n") + "\n");
    return Audit.of(List.of(change), AuditCases.METRICS, of(files));
  }

  @ParameterizedTest
  @ValueSource(strings = {"import xxhash", "import xxhash as b", "from xxhash.x import y"})
  void aModuleOfThePackageMayBeUsed(String line) {
    assertThat(added(line, Map.of("engine/core/other.py", "import numpy, xxhash.fast\n")))
        .isEmpty();
    assertThat(
            added(
                line,
                Map.of("engine/core/other.py", "try:\n  from xxhash import a\nexcept E: pass")))
        .isEmpty();
  }

  @Test
  void thePackageIsAllThatItsOutermostFolderHolds() {
    var used = "import xxhash\n";
    var whole = Map.of("engine/__init__.py", "", "engine/core/__init__.py", "");
    for (var file : List.of("engine/other.py", "engine/io/deep/other.py")) {
      var files = new HashMap<>(whole);
      files.put(file, used);
      assertThat(added("import xxhash", files)).as(file).isEmpty();
    }
    for (var file : List.of("other.py", "tests/other.py", "engineer/other.py")) {
      var files = new HashMap<>(whole);
      files.put(file, used);
      assertThat(added("import xxhash", files)).as(file).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "engine/other.py|import xxhash",
        "engine/core/deep/other.py|import xxhash",
        "other.py|import xxhash",
        "engine/core/other.py|\"import xxhash\"",
        "engine/core/other.py|# import xxhash",
        "engine/core/other.py|from . import xxhash",
        "engine/core/other.py|import xxhashx",
        "engine/core/other.py|import typing\nif typing.TYPE_CHECKING:\n    import xxhash",
        "engine/core/step.py|import xxhash",
        "engine/core/other.txt|import xxhash",
      })
  void aModuleThatIsUsedElsewhereIsAskedAbout(String file) {
    var parts = file.split("\\|");
    assertThat(added("import xxhash", Map.of(parts[0], parts[1])))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.NEW_MODULE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"import zmq", "import ray", "import prometheus_client", "from zmq import Context"})
  void whatCarriesWorkOrFiguresAwayIsAskedAboutWhateverThePackageUses(String line) {
    assertThat(added(line, Map.of("engine/core/other.py", line)))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.NEW_MODULE);
  }

  @Test
  void aModuleOfTheCheckoutIsNotPythonsOfThatName() {
    var files = Map.of("engine/multiprocessing/__init__.py", "class Request: pass\n");
    var line = "from engine.multiprocessing import Request\nr = Request()";
    assertThat(added(line, files)).isEmpty();
    assertThat(added(line.replace("engine.m", "..m"), files)).isEmpty();
    assertThat(added(line, Map.of())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from multiprocessing import *",
        "import multiprocessing",
        "  from multiprocessing.pool import Pool"
      })
  void aModuleOfTheCheckoutThatPassesPythonsOnIsPythons(String text) {
    var files = Map.of("engine/multiprocessing/__init__.py", "if 1:\n" + text + "\n");
    assertThat(added("from engine.multiprocessing import Process", files))
        .extracting(Finding::suspicion)
        .contains(Suspicion.CONCURRENCY);
  }

  @Test
  void anotherFilesImportIsNoModuleOfItsOwn() {
    assertThat(
            added(
                "from engine.utils import os\nos.system('x')",
                Map.of("engine/utils.py", "import os\n")))
        .extracting(Finding::suspicion)
        .contains(Suspicion.FOREIGN_CODE);
  }

  /// Every module that the hostile patches use is used beside their file: they are caught still.
  @ParameterizedTest
  @MethodSource("hostperf.audit.AuditCases#hostile")
  void catchesAHostilePatchThoughThePackageUsesItsModules(AuditCases each) {
    var modules =
        Pattern.compile("(?m)\\b(?:import|from)\\s+([A-Za-z_]\\w*)")
            .matcher(each.change().after())
            .results()
            .map(m -> "import " + m.group(1))
            .collect(Collectors.joining("\n"));
    var found = each.findingsBeside(of(Map.of("engine/beside.py", modules + "\n")));
    if (each.expected().orElseThrow() != Suspicion.NEW_MODULE) {
      assertThat(found).extracting(Finding::suspicion).contains(each.expected().get());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import inspect\nn = inspect.signature(f, eval_str=True)",
        "import inspect\nn = inspect.signature(f, **more)",
        "import inspect\nn = inspect.stack()",
        "import importlib.util\nm = importlib.util.module_from_spec(s)",
        "def f(x):\n    try:\n        g(x)\n    except Exception as e:\n        x.set_exception(None)",
        "def set_exception(e): pass\ndef f(x):\n    try:\n        g(x)\n    except Exception as e:\n        set_exception(e)",
      })
  void asksAboutTheHostileTwin(String lines) {
    assertThat(added(lines, Map.of())).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import inspect\nn = inspect.signature(f).parameters",
        "import importlib.util\nfast = importlib.util.find_spec('json') is not None",
        "def f(x):\n    try:\n        g(x)\n    except Exception as e:\n        x.set_exception(e)",
      })
  void letsWhatOnlyReadsOrHandsOnPass(String lines) {
    assertThat(added(lines, Map.of())).isEmpty();
  }

  private static final String HOOKED =
      """
      class Server:
          def run(self):
              self.engine.on_outputs = self.send
          def send(self, outputs):
              return outputs
      """;

  /// An attribute that the engine sets to None is there for others to fill.
  @Test
  void aHookThatThePackageLeavesOpenMayBeFilled() {
    var open = "class Engine:\n    def __init__(self):\n        self.on_outputs: Hook = None\n";
    assertThat(added(HOOKED, Map.of("engine/core/other.py", open))).isEmpty();
    assertThat(added(HOOKED, Map.of()))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.MODULES);
    var method = open + "    def on_outputs(self, outputs):\n        return outputs\n";
    assertThat(added(HOOKED, Map.of("engine/core/other.py", method))).isNotEmpty();
    assertThat(added(HOOKED, Map.of("engine/core/other.py", open.replace("None", "Hook()"))))
        .isNotEmpty();
  }

  /// What an engine asks of its parameters, `getattr(p, "loader", default)`, a new one may have.
  @Test
  void aNewParameterMayGetWhatThePackageAsksFor() {
    var norm =
        """
        import torch.nn as nn
        class Norm(nn.Module):
            def __init__(self, n):
                self.weight = nn.Parameter(torch.zeros(n))
                self.weight.loader = self._load
            def _load(self, param, loaded):
                param.data.copy_(loaded)
        """;
    var asks = "def load(p, w):\n    getattr(\n        p, \"loader\", standard\n    )(p, w)\n";
    var files = Map.of("engine/core/other.py", asks);
    assertThat(added(norm, files)).isEmpty();
    assertThat(added(norm, Map.of("engine/core/other.py", "p.loader(p, w)\n"))).isNotEmpty();
    assertThat(added(norm.replace("nn.Parameter(torch.zeros(n))", "model.weight"), files))
        .isNotEmpty();
    assertThat(added(norm.replace(".loader", ".numel"), files)).isNotEmpty();
  }
}
