package hostperf.unittest;

import hostperf.host.Processes;
import java.nio.file.Path;

/// The checkout's tests on a change: run once, and where some fail, told from those that fail
/// without the change or on a whim.
public final class UnitTests {
  private final TestRun testRun;

  public UnitTests(Processes processes, TestCommand command) {
    this.testRun = new TestRun(processes, command);
  }

  /// What the tests say.
  public sealed interface Outcome {
    /// They ran.
    record Judged(Ran.Reported ran, Judgement judgement) implements Outcome {}

    /// They could not be run, or none did.
    record Unknown(Ran.NotRun why) implements Outcome {}
  }

  /// Runs the selection on the checkout as it stands.
  ///
  /// @param log gets the output; reruns get files beside it, with `.again` and `.base` added
  /// @param base asked only where tests fail
  public Outcome run(Selection selection, Path log, Base base) {
    return switch (testRun.run(selection.arguments(), log)) {
      case Ran.NotRun why -> new Outcome.Unknown(why);
      case Ran.Reported ran ->
          new Outcome.Judged(ran, judge(log, base).of(ran.report().failures()));
    };
  }

  private Judge judge(Path log, Base base) {
    return new Judge(
        tests -> testRun.run(tests, beside(log, ".again")),
        tests -> base.run(() -> testRun.run(tests, beside(log, ".base"))));
  }

  private static Path beside(Path log, String ending) {
    return log.resolveSibling(log.getFileName() + ending);
  }
}
