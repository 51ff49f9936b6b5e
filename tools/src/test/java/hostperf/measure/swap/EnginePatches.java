package hostperf.measure.swap;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.patch.FileChange;
import hostperf.source.Modules;
import hostperf.source.Sources;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Patches of an engine, and what swapping them is judged to be.
abstract class EnginePatches {
  static final String ENGINE =
      """
      import functools

      SEEN = {}


      class Engine:
          def step(self, batch, *, limit=8):
              total = 0
              for request in batch:
                  total += len(request.tokens)
              self.total = total
              return total

          @property
          def size(self):
              return self.total

          def rows(self):
              out = []
              for request in self.batch:
                  out.append(request.row)
              return out
      """;

  @TempDir Path checkout;

  Swappability fitness(String before, String after) {
    var change = new FileChange("pkg/engine.py", before, after);
    return Swappability.of(List.of(change), new Modules(new Sources(checkout)));
  }

  Swappability changed(String old, String now) {
    assertThat(ENGINE).contains(old);
    return fitness(ENGINE, ENGINE.replace(old, now));
  }

  void isUnfit(String old, String now, String reason) {
    assertThat(changed(old, now))
        .isInstanceOfSatisfying(
            Swappability.Unfit.class, unfit -> assertThat(unfit.reason()).contains(reason));
  }
}
