package hostperf.profile;

import hostperf.host.CpuUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which processes use the CPUs.
final class CpuUsers {
  private static final int MOST = 3;

  /// Of the CPUs; less is not worth a word.
  private static final double WORTH_SAYING = 0.05;

  private CpuUsers() {}

  /// The busiest first, each with its share of the CPUs that we may use. It looks twice.
  static List<String> during(Duration look) {
    int all = Runtime.getRuntime().availableProcessors();
    return CpuUse.during(look).stream()
        .filter(use -> use.cpus() / all >= WORTH_SAYING)
        .limit(MOST)
        .flatMap(
            use ->
                name(use.process().pid()).stream()
                    .map(
                        name ->
                            String.format(
                                Locale.ROOT,
                                "process %d (%s) %.0f%%",
                                use.process().pid(),
                                name,
                                use.cpus() / all * 100)))
        .toList();
  }

  /// A process names itself, so only what is harmless in a sentence is shown of the name. Absent
  /// where it has ended.
  private static Optional<String> name(long pid) {
    try {
      var name = Files.readString(Path.of("/proc", Long.toString(pid), "comm")).strip();
      return Optional.of(name.replaceAll("[^\\w.:+/@-]+", "?"));
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}
