package hostperf.patch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {
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
        "SEED | random.shuffle(requests)",
        "REQUEST_COUNT | num_requests = num_requests // 2",
        "REQUEST_COUNT | for r in requests[:10]:",
        "METRICS | print('Total Output Throughput (tokens/sec): 99999')",
        "METRICS | self.throughput *= 2",
        "METRICS | logger.info('done')",
        "PROFILER | from line_profiler import LineProfiler",
        "PROFILER | sys.setprofile(None)",
        "ENVIRONMENT | if os.environ.get('TLLM_LINE_PROFILER_PATH'):",
        "ENVIRONMENT | fast = os.getenv('FAST')",
        "MODULES | sys.modules['time'] = fake",
        "MODULES | setattr(engine, 'step', fast_step)",
        "CALLER | if 'pytest' in sys.argv[0]:",
        "CALLER | frame = sys._getframe(1)",
        "FOREIGN_CODE | exec(code)",
        "FOREIGN_CODE | subprocess.run(['rm'])",
        "FOREIGN_CODE | os._exit(0)",
        "SKIPPED_TEST | @pytest.mark.skip",
        "SKIPPED_TEST | pytest.xfail('later')",
        "SWALLOWED_EXCEPTION | with contextlib.suppress(ValueError):",
        "SWALLOWED_EXCEPTION | except Exception: pass",
        "FLAGGED_RETURN | if self.skip_decode: return cached",
      })
  void flagsAnAddedLine(Suspicion suspicion, String line) {
    assertThat(added(line)).extracting(Finding::suspicion).contains(suspicion);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tokens = [r.last_token for r in requests]",
        "self._lens_cpu.copy_(self._lens, non_blocking=True)",
        "append = out.append",
        "if not requests: return out",
        "logits = logits[:, -1]",
        "values = tensor.tolist()  # one transfer, no time.sleep",
        "batch.extend(r.id for r in active)",
        "torch.compile(model)",
        "step_index += 1",
      })
  void letsAnHonestChangePass(String line) {
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
    assertThat(Audit.of(List.of(new FileChange("p.py", before, after))))
        .extracting(f -> f.place() + " " + f.side() + " " + f.suspicion())
        .containsExactly(
            "p.py:6 REMOVED REMOVED_CHECK",
            "p.py:2 ADDED FLAGGED_RETURN",
            "p.py:8 ADDED SWALLOWED_EXCEPTION");
  }

  @Test
  void seesWhatIsTakenAway() {
    var change = new FileChange("p.py", "a\nassert x\nlogger.info(y)\nend = time.time()\n", "a\n");
    assertThat(Audit.of(List.of(change)))
        .extracting(Finding::suspicion)
        .containsExactly(Suspicion.REMOVED_CHECK, Suspicion.METRICS, Suspicion.TIMING);
  }

  @Test
  void leavesUnchangedLinesAlone() {
    var change = new FileChange("p.py", "time.sleep(1)\na\n", "time.sleep(1)\nb\n");
    assertThat(Audit.of(List.of(change))).isEmpty();
  }

  @Test
  void letsADebugLinePassThatOnlyGetsItsGuard() {
    assertThat(guarded("logger.debug(f'queue {q}')", "logging.DEBUG", "logger.debug(f'queue {q}')"))
        .isEmpty();
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
  void flagsADebugLineThatMovesElsewhere() {
    var change =
        new FileChange(
            "p.py",
            "def f(x):\n    logger.debug(x)\n    g(x)\n",
            "def f(x):\n"
                + "    g(x)\n"
                + "    if logger.isEnabledFor(logging.DEBUG):\n"
                + "        logger.debug(x)\n");
    assertThat(Audit.of(List.of(change)))
        .extracting(Finding::suspicion)
        .contains(Suspicion.METRICS);
  }

  private static List<Finding> guarded(String line, String level, String after) {
    var guard = "    if logger.isEnabledFor(%s):\n        ".formatted(level);
    return Audit.of(
        List.of(
            new FileChange(
                "p.py", "def f():\n    " + line + "\n", "def f():\n" + guard + after + "\n")));
  }

  private static List<Finding> added(String line) {
    return Audit.of(List.of(new FileChange("p.py", "", line + "\n")));
  }
}
