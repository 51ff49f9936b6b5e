package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.agent.Outcome;
import hostperf.host.LocalProcesses;
import hostperf.lines.ExistingProfiles;
import hostperf.profile.Launcher;
import hostperf.profile.Pass;
import hostperf.profile.Passes;
import hostperf.profile.Profiling;
import hostperf.profile.Sampler;
import hostperf.profile.Workload;
import hostperf.python.PySpy;
import hostperf.report.ProfilePage;
import hostperf.server.cli.console.LastingFolder;
import hostperf.source.Sources;
import hostperf.tool.ProfileAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
      names = "--passes",
      split = ",",
      paramLabel = "PASS",
      description = "samples, lines, facts; all three by default, each one launch.")
  private Set<Pass> passes = Set.of(Pass.values());

  @Option(
      names = "--root",
      paramLabel = "FUNCTION",
      description = "Shares are of this function's time, as module.Class.method.")
  private Optional<String> root = Optional.empty();

  @Option(
      names = "--functions",
      split = ",",
      paramLabel = "FUNCTION",
      description = "For the line profiler, in place of those that the samples choose.")
  private List<String> functions = List.of();

  @Option(
      names = "-o",
      paramLabel = "DIR",
      description = "Keeps the profiles here; a new temporary folder by default.")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--from",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Reads existing profiles instead of launching a command.")
  private List<Path> existing = List.of();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page: the calls as an icicle, with the source beside it.")
  private Optional<Path> html = Optional.empty();

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "The program and its arguments, after --.")
  private List<String> command = List.of();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (command.isEmpty() == existing.isEmpty()) {
      throw new Refusal(
          "`profile` takes a command to launch, or existing profiles.",
          "Call `hostperf profile -- python3 bench.py`, or `hostperf profile --from FILE`.");
    }
    var sources = new Sources(hostperf.directory());
    return existing.isEmpty() ? launched(sources) : read(sources);
  }

  private int read(Sources sources) throws IOException {
    existing.forEach(file -> new InputFile(file, "--from", "a profile").checked());
    var result = Passes.ofExisting(ExistingProfiles.read(existing), sources, root, List.of());
    return answer(result, sources, List.of());
  }

  private int answer(Passes.Result result, Sources sources, List<String> missing)
      throws IOException {
    int code = hostperf.console().answer(outcome(result, sources, missing), json);
    if (html.isPresent()) {
      Files.writeString(html.get(), ProfilePage.html(result, sources));
      progress("Wrote " + html.get());
    }
    return code;
  }

  private int launched(Sources sources) throws IOException {
    var folder = output.isPresent() ? output.get() : LastingFolder.create("hostperf-profile-");
    var result =
        passes(folder, sources)
            .take(workload(), "profile", request(), this::progress, this::progress);
    var missing =
        Stream.concat(
                result.remarks().stream(), Stream.of("its output is in " + folder.resolve("logs")))
            .toList();
    return answer(result, sources, missing);
  }

  private static Outcome outcome(Passes.Result result, Sources sources, List<String> missing) {
    return ProfileAnswer.of(result, sources)
        .<Outcome>map(profile -> profile)
        .orElseGet(
            () -> new Outcome.Inconclusive("No Python code was sampled.", missing, List.of()));
  }

  private static Passes passes(Path folder, Sources sources) {
    var processes = new LocalProcesses();
    var launcher = new Launcher(processes, folder, System.getenv());
    var sampler =
        new Sampler(processes, launcher, new PySpy(processes, System.getenv()), Path.of("python3"));
    return new Passes(launcher, sampler, sources);
  }

  private Workload workload() {
    return new Workload(
        command, hostperf.directory(), Map.of(), LONGEST, Optional.empty(), List.of());
  }

  private Passes.Request request() {
    return new Passes.Request(
        passes,
        Profiling.Attach.INJECT,
        root,
        List.of(),
        Passes.Look.at(functions),
        Optional.empty());
  }

  private void progress(String line) {
    hostperf.console().err().println(line);
  }
}
