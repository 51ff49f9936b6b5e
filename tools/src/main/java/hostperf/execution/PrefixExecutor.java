package hostperf.execution;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Launches behind a prefix, such as `docker exec engine` or `apptainer exec image.sif`.
///
/// Such programs take neither a folder nor variables in the same way, so both are set behind them:
/// by `sh -c` and by `env`. Whoever may list processes there can read those variables.
public final class PrefixExecutor implements Executor {
  private static final String IN_FOLDER = "cd \"$0\" && exec env \"$@\"";

  private static final Pattern INJECTED =
      Pattern.compile("TLLM_HOSTPERF_[A-Z]+|TLLM_LINE_PROFILER_PATH");

  private final Execution.Prefix prefix;
  private final Processes local;
  private final PathMap there;

  public PrefixExecutor(Execution.Prefix prefix, Processes local) {
    this.prefix = prefix;
    this.local = local;
    this.there = new PathMap(prefix.paths());
  }

  @Override
  public Processes workload(Consumer<String> progress) {
    return this::run;
  }

  @Override
  public Processes single(Consumer<String> progress) {
    return this::run;
  }

  @Override
  public boolean isHere() {
    return false;
  }

  private Finished run(Command command, Consumer<String> lines) {
    var words = new ArrayList<>(prefix.words());
    words.addAll(List.of("sh", "-c", IN_FOLDER, there.of(command.directory().toString())));
    new TreeMap<>(command.environment())
        .forEach((name, value) -> words.add(name + "=" + there.of(value)));
    command.arguments().forEach(word -> words.add(there.of(word)));
    var plans = injected(command.environment()).filter(Files::isRegularFile).toList();
    plans.forEach(there::rewrite);
    try {
      return local.run(
          new Command(
              words, command.directory(), command.environment(), command.limit(), command.log()),
          lines);
    } finally {
      var back = there.inverse();
      injected(command.environment()).forEach(named -> back.rewriteBeside(named));
    }
  }

  /// Files that the injected code reads, and names to which it adds endings: both hold paths.
  private static Stream<Path> injected(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> INJECTED.matcher(variable.getKey()).matches())
        .map(Map.Entry::getValue)
        .filter(value -> value.startsWith("/"))
        .map(Path::of);
  }
}
