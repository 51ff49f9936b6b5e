package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.host.LocalProcesses;
import hostperf.profile.Launcher;
import hostperf.profile.PySpy;
import hostperf.profile.Sampler;
import hostperf.profile.Workload;
import hostperf.report.RankingText;
import hostperf.source.Sources;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Ranking;
import hostperf.stacks.RootFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `hostperf profile -- COMMAND…`: where a program's time goes; no run and no configuration needed.
@Command(
    name = "profile",
    description = "Profiles a command: which functions and lines its steps spend their time in.")
final class ProfileCommand implements Callable<Integer> {
  private static final Duration LONGEST = Duration.ofHours(24);

  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--root",
      paramLabel = "FUNCTION",
      description = "Shares are of this function's time, as module.Class.method.")
  private Optional<String> root = Optional.empty();

  @Option(
      names = "-o",
      paramLabel = "DIR",
      description = "Keeps the profiles here; a new temporary folder by default.")
  private Optional<Path> output = Optional.empty();

  @Parameters(
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments.")
  private List<String> command;

  @Override
  public Integer call() throws IOException {
    var folder = output.isPresent() ? output.get() : Files.createTempDirectory("hostperf-profile");
    var directory = hostperf.directory();
    var processes = new LocalProcesses();
    var environment = System.getenv();
    var sampler =
        new Sampler(
            processes,
            new Launcher(processes, folder, environment),
            new PySpy(processes, environment),
            Path.of("python3"));
    var workload = new Workload(command, directory, Map.of(), LONGEST, Optional.empty(), List.of());
    var err = hostperf.console().err();
    var sampled = sampler.sample(workload, "profile", err::println);
    var names = new FunctionNames(new Sources(directory));
    var wall = names.in(sampled.wall());
    var found = RootFinder.find(wall, root, List.of());
    if (found.isEmpty()) {
      throw new Refusal(
          "No Python code was sampled. " + String.join(" ", sampled.remarks()),
          "See the command's output in " + sampled.launch().log() + ".");
    }
    var ranking = Ranking.of(wall, sampled.holding().map(names::in), Sampler.RATE, found.get());
    hostperf.console().out().print(new RankingText(ranking, directory).text(sampled));
    return ExitCode.DONE;
  }
}
