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
    assertThat(BySwap.imported("scheduler.scheduler", "Scheduler.normal_loop", profiled))
        .isEqualTo("engine.scheduler.scheduler");
    assertThat(BySwap.imported("scheduler.scheduler", "Scheduler.other", profiled))
        .isEqualTo("scheduler.scheduler");
  }
}
