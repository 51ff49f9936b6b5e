package hostperf.profile;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.TargetMaps;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineCost;
import hostperf.lines.LineProfile;
import hostperf.lines.ProfileReport;
import hostperf.lines.QualifiedNames;
import hostperf.source.Modules;
import hostperf.source.PythonFile;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrilldownTest {
  @TempDir Path temp;

  @Test
  void resolvesCallsThroughSelfAnnotationsPropertiesBasesAndReExports() {
    var sources = new Sources(Targets.folder("engine"));

    assertThat(callees(sources, "minilm/executor.py", "Executor.step"))
        .containsExactly("minilm.executor.Base._forward");
    assertThat(callees(sources, "minilm/executor.py", "Executor.shapes"))
        .containsExactly(
            "minilm.sampler.GreedySampler.sample",
            "minilm.sampler.GreedySampler.sample",
            "minilm.executor.Base._forward",
            "?super",
            "?plugin.sample",
            "minilm.executor.Executor.__init__",
            "?GreedySampler",
            "?len");
    assertThat(callees(sources, "minilm/sampler.py", "GreedySampler.other"))
        .containsExactly("minilm.ops::prepare");
    assertThat(callees(sources, "minilm/executor.py", "run"))
        .contains("minilm.executor.Executor.step");
  }

  @Test
  void namesModulesFromTheFolderAboveThePackage() {
    var sources = new Sources(Golden.root());

    assertThat(
            callees(
                sources, "tools/src/test/python/engine/minilm/sampler.py", "GreedySampler.sample"))
        .containsExactly("minilm.ops::prepare");
  }

  @Test
  void namesModulesOfPackagesWithoutAnInitFile() throws IOException {
    source("lm/__init__.py", "");
    source("lm/engine/blocks.py", "def alloc():\n    return 1\n");
    source("lm/engine/run.py", "from lm.engine.blocks import alloc\n\ndef f():\n    alloc()\n");
    source("ns/part/a.py", "def g():\n    return 1\n");
    source("ns/part/b.py", "from ns.part.a import g\n\ndef f():\n    g()\n");
    source("src/flat/a.py", "def g():\n    return 1\n");
    source("src/flat/b.py", "from flat.a import g\n\ndef f():\n    g()\n");
    var sources = new Sources(temp);

    assertThat(callees(sources, "lm/engine/run.py", "f"))
        .containsExactly("lm.engine.blocks::alloc");
    assertThat(callees(sources, "ns/part/b.py", "f")).containsExactly("ns.part.a::g");
    assertThat(callees(sources, "src/flat/b.py", "f")).containsExactly("flat.a::g");
  }

  @Test
  void takesModuleNamesFromTheInterpreter() throws IOException {
    source("odd/a.py", "def g():\n    return 1\n\n\ndef f(x):\n    y = 1\n    return g()\n");
    var drills =
        drilldown("generic")
            .knowing(Map.of(temp.resolve("odd/a.py").toString(), "pkg.odd.a"))
            .drills(report("odd/a.py", "f", 5, 0, 1, 9));
    assertThat(drills).extracting(Drill::target).containsExactly(Optional.of("pkg.odd.a::g"));
  }

  @Test
  void goesFromAnAbstractBaseToItsSubclassesInTheCheckout() throws IOException {
    source(
        "lm/base.py",
        "from abc import ABC, abstractmethod\nclass Scheduler(ABC):\n    @abstractmethod\n"
            + "    def schedule(self): ...\n");
    source(
        "lm/simple.py",
        "from lm.base import Scheduler\nclass Simple(Scheduler):\n    def schedule(self):\n"
            + "        return 1\n");
    source(
        "lm/other.py",
        "from lm.base import Scheduler\nclass Other(Scheduler):\n    def schedule(self):\n"
            + "        return 2\n");
    source(
        "lm/run.py",
        "from lm.base import Scheduler\n"
            + "def f(s: Scheduler):\n"
            + "    y = 1\n"
            + "    return s.schedule()\n");
    for (var folder : List.of("lm")) {
      source(folder + "/__init__.py", "");
    }
    assertThat(drilldown("generic").drills(report("lm/run.py", "f", 2, 0, 1, 9)))
        .extracting(Drill::target)
        .containsExactlyInAnyOrder(
            Optional.of("lm.simple.Simple.schedule"), Optional.of("lm.other.Other.schedule"));
  }

  @Test
  void looksForNoLinesInPythonsOwnFunctions() throws IOException {
    source("a.py", "def f(x):\n    y = 1\n    return sorted(x.keys())\n");
    assertThat(drilldown("generic").drills(report("a.py", "f", 1, 0, 1, 9))).isEmpty();
  }

  @Test
  void drillsWhereOneLineHoldsMoreThanFourFifths() throws IOException {
    source("a.py", "def f(x):\n    y = 1\n    return g(x)\n\n\ndef g(x):\n    return x\n");

    assertThat(drilldown("generic").drills(report("a.py", "f", 1, 0, 1, 9)))
        .containsExactly(
            new Drill(
                "f", 3, 0.9, "g", new Drill.Found.Resolved("a::g", "a.py", 6, Optional.empty())));
    assertThat(drilldown("generic").drills(report("a.py", "f", 1, 0, 2.1, 7.9))).isEmpty();
  }

  @Test
  void sharesAreOfTheWholeStatementAndCalleesStandOnOneLine() throws IOException {
    source(
        "a.py",
        "class T:\n    def run(self):\n        return 1\n\n\ndef f(x):\n    y = T(\n        x,\n"
            + "    ).run()\n");
    var report = report("a.py", "f", 6, 0, 3, 0, 7);
    var shown = new Drill.Found.Resolved("a.T.run", "a.py", 2, Optional.empty());
    assertThat(drilldown("generic").drills(report))
        .containsExactly(new Drill("f", 7, 1, "T(…).run", shown));
    assertThat(drilldown("generic").deeper(report))
        .containsExactly(new Drill("f", 7, 1, "T(…).run", shown));
  }

  @Test
  void aFunctionInsideAnotherIsNoTarget() throws IOException {
    source("a.py", "def f(x):\n    def g(y):\n        return y\n    return g(x)\n");
    assertThat(drilldown("generic").drills(report("a.py", "f", 1, 0, 0, 0, 9)))
        .singleElement()
        .satisfies(d -> assertThat(d.target()).isEmpty())
        .extracting(Drill::found)
        .asString()
        .contains("defined inside a function");
  }

  @Test
  void leavesACallAloneWhoseFunctionIsInTheReport() throws IOException {
    source("a.py", "def f(x):\n    y = 1\n    return g(x)\n\n\ndef g(x):\n    return x\n");
    List<FunctionProfile> both = new ArrayList<>(report("a.py", "f", 1, 0, 1, 9).functions());
    both.addAll(report("a.py", "g", 6, 0, 8).functions());

    assertThat(drilldown("generic").drills(new ProfileReport(new LineProfile(both), List.of())))
        .isEmpty();
  }

  @Test
  void tellsOfACompiledTwin() throws IOException {
    source("a.py", "import b\n\n\ndef f(x):\n    return b.g(x)\n");
    source("b.py", "def g(x):\n    return x\n");
    source("b.cpython-311-x86_64-linux-gnu.so", "");

    assertThat(drilldown("generic").drills(report("a.py", "f", 4, 0, 1)))
        .extracting(Drill::found)
        .containsExactly(
            new Drill.Found.Resolved(
                "b::g", "b.py", 1, Optional.of("b.cpython-311-x86_64-linux-gnu.so")));
  }

  @Test
  void namesCandidatesOfTheHotPathForWhatItCannotResolve() throws IOException {
    source("a.py", "def f(x):\n    return x._forward_step(1)\n");

    assertThat(drilldown("tensorrt-llm").drills(report("a.py", "f", 1, 0, 1)))
        .singleElement()
        .extracting(Drill::found, InstanceOfAssertFactories.type(Drill.Found.Unresolved.class))
        .satisfies(
            found -> {
              assertThat(found.reason()).contains("the class of `x`");
              assertThat(found.candidates())
                  .contains("tensorrt_llm._torch.pyexecutor.py_executor.PyExecutor._forward_step");
            });
  }

  @Test
  void putsTheClassInFrontOfWhatAnOldReportNames() throws IOException {
    source("a.py", "class C:\n    @property\n    def p(self):\n        return 1\n");
    var sources = new Sources(temp);

    assertThat(QualifiedNames.in(report("a.py", "p", 2, 0, 0, 1), sources).functions())
        .extracting(FunctionProfile::name)
        .containsExactly("C.p");
    assertThat(QualifiedNames.in(report("a.py", "other", 2, 0, 0, 1), sources).functions())
        .extracting(FunctionProfile::name)
        .containsExactly("other");
  }

  private Drilldown drilldown(String target) {
    return new Drilldown(
        new Sources(temp), TargetMaps.read(Golden.root().resolve("references")).of(target));
  }

  private void source(String name, String text) throws IOException {
    var file = temp.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static ProfileReport report(String file, String name, int line, double... seconds) {
    List<LineCost> lines = new ArrayList<>();
    double total = 0;
    for (double s : seconds) {
      lines.add(new LineCost(line + lines.size(), s > 0 ? 1 : 0, s, ""));
      total += s;
    }
    return new ProfileReport(
        new LineProfile(List.of(new FunctionProfile(name, file, line, total, lines))), List.of());
  }

  private static List<String> callees(Sources sources, String path, String name) {
    PythonFile file = sources.file(path).orElseThrow();
    PythonFunction function = file.function(name).orElseThrow();
    var calls = new hostperf.source.Callees(new Modules(sources));
    return function.calls().stream()
        .map(call -> calls.callee(call, function).map(calls::target).orElse("?" + call.callee()))
        .toList();
  }
}
