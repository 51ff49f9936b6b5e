package hostperf.execution;

import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Launches behind a prefix, such as `docker exec engine` or `apptainer exec image.sif`.
///
/// Such programs take neither a folder nor variables in the same way, so both are set behind them:
/// by `sh -c` and by `env`. Whoever may list processes there can read those variables.
public final class PrefixExecutor implements Executor {
  private static final String IN_FOLDER = "cd \"$0\" && exec env \"$@\"";

  private final Execution.Prefix prefix;
  private final Processes local;
  private final Map<String, String> there;
  private final Pattern paths;

  public PrefixExecutor(Execution.Prefix prefix, Processes local) {
    this.prefix = prefix;
    this.local = local;
    this.there = prefix.paths();
    this.paths = pattern(there.keySet());
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
    words.addAll(List.of("sh", "-c", IN_FOLDER, there(command.directory().toString())));
    new TreeMap<>(command.environment())
        .forEach((name, value) -> words.add(name + "=" + there(value)));
    command.arguments().forEach(word -> words.add(there(word)));
    return local.run(
        new Command(
            words, command.directory(), command.environment(), command.limit(), command.log()),
        lines);
  }

  /// A text with every path that it holds as it is behind the prefix.
  private String there(String text) {
    return paths.matcher(text).replaceAll(m -> Matcher.quoteReplacement(there.get(m.group())));
  }

  /// The longest first, and only whole names: `/src` is no part of `/src2`.
  private static Pattern pattern(Set<String> folders) {
    return folders.isEmpty()
        ? Pattern.compile("(?!)")
        : Pattern.compile(
            folders.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|", "(?<![\\w./-])(?:", ")(?![\\w.-])")));
  }
}
