package hostperf.profile;

import hostperf.host.Stopwatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which processes use the CPUs, from `/proc` below `root`. Those that live shorter than a look are
/// not seen.
record CpuUsers(Path root) {
  private static final int MOST = 3;

  /// Of the CPUs; less is not worth a word.
  private static final double WORTH_SAYING = 0.05;

  // Fields 14 and 15 of proc_pid_stat(5), in hundredths of a second, counted from the third, which
  // follows the name.
  private static final int USER = 11;
  private static final int SYSTEM = 12;

  private record Spent(String name, double seconds) {}

  /// The busiest first, each with its share of the CPUs that we may use. It looks twice.
  List<String> during(Duration look) {
    var before = spent();
    var watch = Stopwatch.started();
    try {
      Thread.sleep(look);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    }
    double all = watch.elapsed().toNanos() / 1e9 * Runtime.getRuntime().availableProcessors();
    Map<Long, Double> shares = new HashMap<>();
    var after = spent();
    after.forEach(
        (process, is) ->
            Optional.ofNullable(before.get(process))
                .filter(was -> was.name().equals(is.name()))
                .ifPresent(was -> shares.put(process, (is.seconds() - was.seconds()) / all)));
    return shares.entrySet().stream()
        .filter(e -> e.getValue() >= WORTH_SAYING)
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .flatMap(
            e ->
                Optional.ofNullable(after.get(e.getKey())).stream()
                    .map(spent -> words(e.getKey(), spent.name(), e.getValue())))
        .toList();
  }

  private static String words(long process, String name, double share) {
    return String.format(Locale.ROOT, "process %d (%s) %.0f%%", process, name, share * 100);
  }

  private Map<Long, Spent> spent() {
    Map<Long, Spent> spent = new HashMap<>();
    try (Stream<Path> all = Files.list(root.resolve("proc"))) {
      for (var process :
          all.filter(p -> p.getFileName().toString().matches("\\d{1,10}")).toList()) {
        spent(process)
            .ifPresent(s -> spent.put(Long.parseLong(process.getFileName().toString()), s));
      }
    } catch (IOException _) {
      return Map.of();
    }
    return spent;
  }

  /// A process names itself, so only what is harmless in a sentence is shown of the name.
  private static Optional<Spent> spent(Path process) {
    try {
      var stat = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      int end = stat.lastIndexOf(')');
      var name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[^\\w.:+/@-]+", "?");
      var fields = stat.substring(end + 2).split(" ", -1);
      double ticks = Double.parseDouble(fields[USER]) + Double.parseDouble(fields[SYSTEM]);
      return Optional.of(new Spent(name, ticks / 100));
    } catch (IOException | RuntimeException _) {
      return Optional.empty();
    }
  }
}
