package hostperf.journal;

import hostperf.Golden;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StageTest {
  private static final List<Stage> ALL =
      List.of(
          new Stage.Started(),
          new Stage.Profiled("p0"),
          new Stage.Analyzed("p0"),
          new Stage.Applying(Samples.change(1)),
          new Stage.Patched(Samples.change(1)),
          new Stage.Tested(Samples.change(1), Samples.tests()),
          new Stage.Tested(Samples.change(1), Samples.tests("test_a")),
          new Stage.Validated(Samples.change(1), Samples.ruling(Ruling.Decision.KEEP)),
          new Stage.Validated(Samples.change(1), Samples.ruling(Ruling.Decision.ROLL_BACK)),
          new Stage.Validated(Samples.change(1), Samples.ruling(Ruling.Decision.HOLD)),
          new Stage.Validated(Samples.change(1), Samples.ruling(Ruling.Decision.MEASURE_MORE)),
          new Stage.RollingBack(Samples.change(1), "slower"),
          new Stage.RolledBack(Samples.change(1)),
          new Stage.Finished());

  @Test
  void saysOfEveryStageWhatMayFollow() {
    var table =
        ALL.stream()
            .map(s -> "%s%s: %s\n".formatted(s.label(), variant(s), new TreeSet<>(s.moves())))
            .collect(Collectors.joining());
    Golden.check("tools", "run/moves.txt", table);
  }

  private static String variant(Stage stage) {
    return switch (stage) {
      case Stage.Tested s -> s.tests().passes() ? " (passed)" : " (failed)";
      case Stage.Validated s -> " (" + s.ruling().decision() + ")";
      default -> "";
    };
  }
}
