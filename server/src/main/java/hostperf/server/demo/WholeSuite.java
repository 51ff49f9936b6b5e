package hostperf.server.demo;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.unittest.Ran;
import hostperf.unittest.TestCommand;
import hostperf.unittest.TestRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// All tests of the sample, on the code that the demo leaves.
final class WholeSuite {
  private WholeSuite() {}

  static DemoResult.Tests run(Path checkout, Path python) {
    var command =
        new TestCommand(
            List.of(python.toString(), "-m", "pytest", "-q"),
            checkout,
            Map.of(),
            Duration.ofMinutes(2));
    var ran =
        new TestRun(new LocalProcesses(), command)
            .run(List.of(), List.of(), checkout.resolve(".hostperf/demo-tests.log"));
    return switch (ran) {
      case Ran.Reported r -> new DemoResult.Tests(r.report().passed(), r.report().failed());
      case Ran.NotRun n -> throw new Refusal(n.reason(), n.next());
    };
  }
}
