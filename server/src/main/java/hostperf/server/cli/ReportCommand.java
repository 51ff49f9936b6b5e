package hostperf.server.cli;

import hostperf.agent.Outcome;
import hostperf.agent.RunOutcome;
import hostperf.journal.RunId;
import hostperf.server.cli.console.ExitCode;
import hostperf.tool.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf report`: writes a run's report. Exit code 1 when the run's last verdict is
/// `regressed`, so that a nightly job fails on it.
@Command(name = "report", description = "Writes the report of a run.")
final class ReportCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Parameters(paramLabel = "RUN", description = "As `hostperf runs` lists it.")
  private String run;

  @Option(names = "--html", paramLabel = "FILE", description = "Also copies the page there.")
  private Optional<Path> html = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    var id = hostperf.run(run).value();
    var outcome = hostperf.tool("report", Map.of("run_id", id, "scope", "final"), Access.FULL);
    int code = hostperf.console().answer(outcome, json);
    if (html.isPresent() && outcome instanceof RunOutcome.Reported reported) {
      copy(reported.files(), html.get());
    }
    return code == ExitCode.DONE && regressed(outcome) ? ExitCode.NEGATIVE : code;
  }

  private static void copy(List<String> files, Path to) throws IOException {
    for (var file : files) {
      if (file.endsWith(".html")) {
        Files.copy(Path.of(file), to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private boolean regressed(Outcome outcome) {
    return outcome instanceof RunOutcome.Reported
        && hostperf.checkout().runs().load(new RunId(run)).rounds().reversed().stream()
            .limit(1)
            .anyMatch(r -> r.ruling().map(u -> u.verdict().equals("regressed")).orElse(false));
  }
}
