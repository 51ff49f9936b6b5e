package hostperf.server;

import static org.assertj.core.api.Assertions.assertThat;

import hostperf.Golden;
import hostperf.host.Command;
import hostperf.host.LocalProcesses;
import hostperf.python.PythonSetup;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The tasks for agents in `bench/evals`, with scripted agents: its own tests.
class EvalTasksIT {
  @Test
  void theJudgeNamesWhatScriptedAgentsDo() {
    var processes = new LocalProcesses();
    var python = new PythonSetup(processes, System.getenv(), System.err::println).python();
    var tests =
        processes.run(
            new Command(
                Golden.root().resolve("bench/evals"),
                Duration.ofMinutes(3),
                python.toString(),
                "-m",
                "unittest"));
    assertThat(tests.exitCode()).withFailMessage(tests.output()).isZero();
  }
}
