package hostperf.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BySwapTest {
  /// `python/engine` has no `__init__.py`, `python/engine/scheduler` has one.
  @Test
  void aModuleOfANamespacePackageHasTheNameThatTheProgramImportedItBy() {
    var profiled =
        List.of("engine.core.Req.end", "engine.scheduler.scheduler.Scheduler.normal_loop");
    assertThat(BySwap.imported("scheduler.cache", "python/engine/scheduler/cache.py", profiled))
        .isEmpty();
    assertThat(
            BySwap.imported(
                "scheduler.scheduler", "python/engine/scheduler/scheduler.py", profiled))
        .contains("engine.scheduler.scheduler");
    assertThat(BySwap.imported("core", "python/other/core.py", profiled)).isEmpty();
  }
}
