package hostperf.profile;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.metric.MetricReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Launches the workload, plain or profiled.
///
/// Every launch gets `EXTRA_SUFFIX` and `UPPER_WORKSPACE_DIR` (the run's folder) and leaves its
/// whole output as `logs/<suffix>.log` there; a profiled one leaves its reports in `profiles/`. A
/// suffix that is used again gets a number. Figures to decide by come from plain launches: a
/// profiled one is two to four times slower.
public final class Launcher {
  private static final String PATH = "TLLM_LINE_PROFILER_PATH";
  private static final String FUNCTIONS = "TLLM_LINE_PROFILER_FUNCTIONS";
  private static final String ENABLED = "TLLM_LINE_PROFILER_ENABLED";

  private final Processes processes;
  private final Path folder;
  private final Map<String, String> inherited;

  /// @param folder the run's folder; made when needed
  /// @param inherited the environment that `processes` hands down, as `System.getenv()` has it
  public Launcher(Processes processes, Path folder, Map<String, String> inherited) {
    this.processes = processes;
    this.folder = folder.toAbsolutePath();
    this.inherited = Map.copyOf(inherited);
  }

  /// The suffix of a launch: `round<N>_<label>`.
  public static String suffix(int round, String label) {
    return "round" + round + "_" + label.replaceAll("[^A-Za-z0-9._-]+", "-");
  }

  /// Without a profiler, whatever the surroundings say.
  public Launch plain(Workload workload, String suffix, Consumer<String> lines) {
    return launch(workload, suffix, unprofiled(workload, suffix), lines, Optional.empty());
  }

  private Map<String, String> unprofiled(Workload workload, String suffix) {
    Map<String, String> environment = common(workload, suffix);
    if (environment.containsKey(PATH) || inherited.containsKey(PATH)) {
      environment.put(PATH, "");
      environment.put(ENABLED, "False");
    }
    return environment;
  }

  /// With the profiler on the named functions.
  public Launch profiled(
      Workload workload, Profiling profiling, String suffix, Consumer<String> lines) {
    Path prefix = profilePrefix(suffix);
    Map<String, String> environment = common(workload, suffix);
    String functions = String.join(",", profiling.functions());
    Reports reports =
        switch (profiling.attach()) {
          case ENVIRONMENT -> {
            environment.put(ENABLED, "True");
            environment.put(PATH, prefix + ".txt");
            if (!functions.isEmpty()) {
              environment.put(FUNCTIONS, functions);
            }
            yield new RankReports(prefix);
          }
          case INJECT -> {
            environment.putAll(
                Injection.environment(folder, prefix, profiling, pythonPath(workload)));
            yield new ProcessReports(prefix, profiling.functions());
          }
        };
    return launch(workload, suffix, environment, lines, Optional.of(reports));
  }

  /// Without the line profiler, but with the injected code, told by these variables what to do.
  public Launch injected(
      Workload workload, String suffix, Map<String, String> variables, Consumer<String> lines) {
    Map<String, String> environment = unprofiled(workload, suffix);
    environment.putAll(Injection.environment(folder, pythonPath(workload)));
    environment.putAll(variables);
    return launch(workload, suffix, environment, lines, Optional.empty());
  }

  /// The beginning of the names of a launch's profiles; no other launch has it.
  public Path profilePrefix(String suffix) {
    return ProfileFiles.fresh(ProfileFiles.made(folder.resolve("profiles")), suffix, "");
  }

  /// The files that a launch left under such a beginning, without the workload's secrets.
  public static List<Path> filesAfter(Path prefix, Workload workload) {
    ProfileFiles.clean(prefix, workload);
    return ProfileFiles.after(prefix);
  }

  /// Of what a launch left, the file that is not kept.
  public static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Launch launch(
      Workload workload,
      String suffix,
      Map<String, String> environment,
      Consumer<String> lines,
      Optional<Reports> reports) {
    Path log = ProfileFiles.fresh(ProfileFiles.made(folder.resolve("logs")), suffix, ".log");
    var metrics = new MetricReader(workload.metrics());
    var output = WatchedOutput.before(workload);
    Finished finished =
        processes.run(
            new Command(
                workload.command(),
                workload.directory(),
                environment,
                workload.timeout(),
                Optional.of(log)),
            lines.andThen(metrics));
    return new Launch(
        finished,
        log,
        metrics.metrics(finished.output(), log),
        output.after(),
        reports.map(Reports::collected));
  }

  private Map<String, String> common(Workload workload, String suffix) {
    Map<String, String> environment = new HashMap<>(workload.environment());
    environment.put("EXTRA_SUFFIX", suffix);
    environment.put("UPPER_WORKSPACE_DIR", folder.toString());
    return environment;
  }

  private Optional<String> pythonPath(Workload workload) {
    return Optional.ofNullable(
        workload.environment().getOrDefault("PYTHONPATH", inherited.get("PYTHONPATH")));
  }
}
