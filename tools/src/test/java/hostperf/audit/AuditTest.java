package hostperf.audit;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.catalog.Catalog;
import hostperf.catalog.Example;
import hostperf.patch.FileChange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
  @ParameterizedTest
  @MethodSource("hostperf.audit.AuditCases#hostile")
  void catchesAHostilePatch(AuditCases each) {
    assertThat(each.findings())
        .extracting(Finding::suspicion)
        .contains(each.expected().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("hostperf.audit.AuditCases#honest")
  void letsAnEngineersPatchPass(AuditCases each) {
    assertThat(each.findings()).isEmpty();
  }

  /// What the product recommends, but for results kept by a type and for unpickling: these are
  /// asked about wherever they are new.
  @Test
  void letsTheCataloguesOwnExamplesPass() {
    var flagged =
        Catalog.read(Golden.root().resolve("references")).patterns().stream()
            .filter(
                p ->
                    p.example() instanceof Example.Pair pair
                        && !AuditCases.audited(
                                new FileChange("engine/step.py", pair.before(), pair.after()))
                            .isEmpty())
            .map(p -> p.id())
            .toList();
    assertThat(flagged).containsExactlyInAnyOrder("type-dispatch", "faster-serialiser");
  }

  /// Whatever a patch takes away was there before: the other way round the two suites hold no
  /// surprise that stops the audit.
  @ParameterizedTest
  @MethodSource("hostperf.audit.AuditCases#hostile")
  void findsNothingWhereNothingChanges(AuditCases each) {
    var after = each.change().after();
    assertThat(AuditCases.audited(new FileChange("engine/step.py", after, after)))
        .extracting(Finding::suspicion)
        .allMatch(s -> s == Suspicion.UNREAD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMING | start = time.perf_counter() + 1",
        "TIMING | elapsed_time = 0.5 * elapsed_time",
        "TIMING | from time import perf_counter",
        "SAMPLING | params.max_new_tokens = 1",
        "SAMPLING | temperature: float = 0.0",
        "SEED | torch.manual_seed(0)",
        "SEED | import random; random.shuffle(requests)",
        "REQUEST_COUNT | num_requests = num_requests // 2",
        "REQUEST_COUNT | for r in requests[:10]: pass",
        "METRICS | print('Total Output Throughput (tokens/sec): 99999')",
        "METRICS | self.throughput *= 2",
        "PROFILER | from line_profiler import LineProfiler",
        "PROFILER | import sys; sys.setprofile(None)",
        "ENVIRONMENT | if os.environ.get('TLLM_LINE_PROFILER_PATH'): pass",
        "ENVIRONMENT | fast = os.getenv('FAST')",
        "MODULES | import sys; sys.modules['time'] = fake",
        "MODULES | setattr(engine, 'step', fast_step)",
        "CALLER | import sys; first = 'pytest' in sys.argv[0]",
        "CALLER | import sys; frame = sys._getframe(1)",
        "FOREIGN_CODE | exec(code)",
        "FOREIGN_CODE | import subprocess; subprocess.run(['rm'])",
        "FOREIGN_CODE | import os; os._exit(0)",
        "SKIPPED_TEST | import pytest; f = pytest.mark.skip(f)",
        "SKIPPED_TEST | import pytest; pytest.xfail('later')",
        "SWALLOWED_EXCEPTION | import contextlib; c = contextlib.suppress(ValueError)",
        "FLAGGED_RETURN | def f(self):\\n    if self.skip_decode: return cached",
        "SWALLOWED_EXCEPTION | try:\\n    f()\\nexcept Exception: pass",
      })
  void flagsAnAddedLine(Suspicion suspicion, String lines) {
    assertThat(added(lines.replace("\\n", "\n")))
        .extracting(Finding::suspicion)
        .contains(suspicion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens = [r.last_token for r in requests]",
        "self._lens_cpu.copy_(self._lens, non_blocking=True)",
        "append = out.append",
        "if not requests: out = []",
        "logits = logits[:, -1]",
        "values = tensor.tolist()  # one transfer, no time.sleep",
        "batch.extend(r.id for r in active)",
        "import torch; torch.compile(model)",
        "step_index += 1",
      })
  void letsAnHonestLinePass(String line) {
    assertThat(added(line)).isEmpty();
  }

  @Test
  void seesAReturnBelowAFlagAndAnExceptionThatIsDropped() {
    String before =
        """
        def f(self):
            work()
            try:
                g()
            except KeyError:
                raise
        """;
    String after =
        """
        def f(self):
            if self.benchmark_mode:
                return None
            work()
            try:
                g()
            except KeyError:
                pass
        """;
    assertThat(AuditCases.audited(new FileChange("p.py", before, after)))
        .extracting(f -> f.place() + " " + f.side() + " " + f.suspicion())
        .containsExactly(
            "p.py:6 REMOVED REMOVED_CHECK",
            "p.py:2 ADDED FLAGGED_RETURN",
            "p.py:7 ADDED SWALLOWED_EXCEPTION");
  }

  @Test
  void seesWhatIsTakenAway() {
    var change =
        new FileChange(
            "p.py",
            "import time\na\nassert x\nlogger.info(\"Throughput %s\", y)\nend = time.time()\n",
            "import time\na\n");
    assertThat(AuditCases.audited(change))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.REMOVED_CHECK, Suspicion.METRICS, Suspicion.TIMING);
  }

  @Test
  void leavesUnchangedLinesAlone() {
    var change =
        new FileChange(
            "p.py", "import time\ntime.sleep(1)\na\n", "import time\ntime.sleep(1)\nb\n");
    assertThat(AuditCases.audited(change)).isEmpty();
  }

  @Test
  void takesAnyTextForOneThatIsReadWhereNoPatternIsKnown() {
    var change = new FileChange("p.py", "", "logger.info('done')\n");
    assertThat(Audit.of(List.of(change), List.of(), Neighbours.NONE))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.METRICS);
    assertThat(AuditCases.audited(change)).isEmpty();
  }

  @Test
  void asksAboutAFileThatIsNotPython() {
    var change = new FileChange("kernel.cu", "int a;\n", "int b;\n");
    assertThat(AuditCases.audited(change))
        .extracting(Finding::sentence)
        .containsExactly(
            "kernel.cu:1 changes a file that is not Python: the audit cannot read this change."
                + " Line: int b;");
  }

  @Test
  void saysWhereWhatAndWhy() {
    assertThat(added("exec(code)"))
        .extracting(Finding::sentence)
        .containsExactly(
            "p.py:1 uses `exec`: it runs other code, reaches files, programs or networks, or ends"
                + " the process. Line: exec(code)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The text changes: a figure could be put in.
        "logger.debug(x) | logging.DEBUG | logger.debug(y)",
        // What is measured may be logged at this level.
        "logger.info(x) | logging.INFO | logger.info(x)",
        // The guard does not ask what the call asks.
        "logger.info(x) | logging.DEBUG | logger.info(x)",
        "logger.debug(x) | logging.CRITICAL | logger.debug(x)",
        "log.debug(x) | logging.DEBUG | log.debug(x)",
        "print(x) | logging.DEBUG | print(x)",
        // More than the log line hangs on it.
        "logger.debug(x) | logging.DEBUG | logger.debug(x); logger.info(x)",
        "logger.debug(x) or print(y) | logging.DEBUG | logger.debug(x) or print(y)",
      })
  void flagsALogLineThatGetsMoreThanItsGuard(String line, String level, String after) {
    assertThat(guarded(line, level, after))
        .extracting(Finding::suspicion)
        .contains(Suspicion.METRICS);
  }

  @Test
  void letsADebugLinePassThatOnlyGetsItsGuard() {
    assertThat(guarded("logger.debug(x)", "logging.DEBUG", "logger.debug(x)")).isEmpty();
  }

  @Test
  void flagsALineThatCouldBeAFigureAndMoves() {
    var change =
        new FileChange(
            "p.py",
            "def f(x):\n    logger.debug(x)\n    g(x)\n",
            "def f(x):\n"
                + "    g(x)\n"
                + "    if logger.isEnabledFor(logging.DEBUG):\n"
                + "        logger.debug(x)\n");
    assertThat(AuditCases.audited(change))
        .extracting(Finding::suspicion)
        .contains(Suspicion.METRICS);
  }

  private static List<Finding> guarded(String line, String level, String after) {
    var guard = "    if logger.isEnabledFor(%s):\n        ".formatted(level);
    return AuditCases.audited(
        new FileChange(
            "p.py", "def f():\n    " + line + "\n", "def f():\n" + guard + after + "\n"));
  }

  private static List<Finding> added(String lines) {
    return AuditCases.audited(new FileChange("p.py", "", lines + "\n"));
  }
}
