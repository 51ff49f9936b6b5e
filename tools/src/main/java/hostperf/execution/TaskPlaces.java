package hostperf.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where the tasks of a launch ran: each writes down its node, CPUs and memory nodes before it
/// becomes the workload.
final class TaskPlaces {
  /// `$0` is the beginning of the file's name, `$@` the command.
  static final String RECORDING =
      "f=\"$0.$SLURM_PROCID\"; { echo \"node $SLURMD_NODENAME\";"
          + " sed -n 's/^\\(Cpus\\|Mems\\)_allowed_list:[[:space:]]*/\\1 /p' /proc/self/status; }"
          + " >\"$f.part\" 2>/dev/null && mv \"$f.part\" \"$f\";"
          + " export TLLM_HOSTPERF_NODE=\"$SLURM_NODEID\"; exec \"$@\"";

  private static final Pattern NUMBER = Pattern.compile("\\.(\\d{1,6})$");

  private final Path prefix;

  TaskPlaces(Path prefix) {
    this.prefix = prefix;
  }

  /// Removes what the launch before has left.
  void clear() {
    for (var file : files()) {
      var _ = file.toFile().delete();
    }
  }

  /// The numbers of the tasks by their place, such as `n1, CPUs 0-3, memory 0` → `0-1`.
  Map<String, String> byPlace() {
    var tasks = new TreeMap<String, List<Integer>>();
    for (var file : files()) {
      var number = NUMBER.matcher(file.toString());
      if (number.find()) {
        tasks
            .computeIfAbsent(place(file), _ -> new ArrayList<>())
            .add(Integer.valueOf(number.group(1)));
      }
    }
    var named = new TreeMap<String, String>();
    tasks.forEach((place, numbers) -> named.put(place, ranges(numbers)));
    return named;
  }

  int count() {
    return (int) files().stream().filter(f -> NUMBER.matcher(f.toString()).find()).count();
  }

  private List<Path> files() {
    var name = prefix.getFileName() + ".";
    try (var all = Files.list(prefix.resolveSibling(""))) {
      return all.filter(f -> f.getFileName().toString().startsWith(name)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not see where the tasks ran", e);
    }
  }

  private static String place(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .limit(3)
          .map(line -> line.replaceFirst("^node ", ""))
          .map(line -> line.replaceFirst("^Cpus ", "CPUs "))
          .map(line -> line.replaceFirst("^Mems ", "memory "))
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not see where a task ran", e);
    }
  }

  /// `0-2, 5`
  private static String ranges(List<Integer> numbers) {
    var sorted = numbers.stream().sorted().toList();
    var text = new StringBuilder();
    for (int i = 0; i < sorted.size(); ) {
      int from = i;
      while (i + 1 < sorted.size() && sorted.get(i + 1) == sorted.get(i) + 1) {
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(sorted.get(from));
      if (i > from) {
        text.append('-').append(sorted.get(i));
      }
      i++;
    }
    return text.toString();
  }
}
