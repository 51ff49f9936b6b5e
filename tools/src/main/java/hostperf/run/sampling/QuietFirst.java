package hostperf.run.sampling;

import hostperf.host.Stopwatch;
import hostperf.measure.Quiet;
import hostperf.profile.EnvironmentReader;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// Waits, before launches that are to be compared, until others leave the machine alone. It ends
/// nobody's process: it says who is there, waits its time and goes on.
final class QuietFirst {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /// A GPU that is used less idles.
  private static final double GPU_BUSY = 10;

  private final EnvironmentReader reader;
  private final Quiet quiet;
  private final Consumer<String> progress;
  private Duration left;
  private String said = "";

  QuietFirst(EnvironmentReader reader, Quiet quiet, Consumer<String> progress) {
    this.reader = reader;
    this.quiet = quiet;
    this.progress = progress;
    this.left = quiet.patience();
  }

  /// Returns when it is quiet, when all waiting is used up, or when its thread is interrupted. A
  /// look takes a second, so none is taken where nothing may be waited for.
  void await() {
    while (!left.isZero()) {
      var watch = Stopwatch.started();
      var hindrance = hindrance();
      if (hindrance.isEmpty() || Thread.currentThread().isInterrupted()) {
        said = "";
        return;
      }
      var spent = watch.elapsed();
      left = spent.compareTo(left) >= 0 ? Duration.ZERO : left.minus(spent);
      tell(
          left.isZero()
              ? "%s; waited as long as `measure.quiet.wait` allows".formatted(hindrance.get())
              : "waiting for a quiet machine: " + hindrance.get());
    }
  }

  /// Once for each new state of affairs, and again before the next launch that has to wait.
  private void tell(String what) {
    var kind = what.replaceAll("[\\d.,%]+", "");
    if (!kind.equals(said)) {
      progress.accept(what);
      said = kind;
    }
  }

  private Optional<String> hindrance() {
    var busy = busy();
    if (busy.filter(b -> b > quiet.load()).isPresent()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "other processes use %.0f%% of the CPUs (`measure.quiet.load` is %.0f%%)",
              busy.get() * 100,
              quiet.load() * 100));
    }
    var users = reader.gpuUsers();
    return users.isEmpty() || !isGpuBusy()
        ? Optional.empty()
        : Optional.of("the GPU works for " + words(users));
  }

  /// How much of the CPUs is in use while nothing of the workload runs.
  private Optional<Double> busy() {
    var before = reader.busySeconds();
    var watch = Stopwatch.started();
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    double all = watch.elapsed().toNanos() / 1e9 * Runtime.getRuntime().availableProcessors();
    return before.flatMap(
        was -> reader.busySeconds().map(is -> Math.clamp((is - was) / all, 0, 1)));
  }

  private boolean isGpuBusy() {
    return reader.conditions().entrySet().stream()
        .filter(e -> e.getKey().endsWith("utilization.gpu"))
        .map(e -> e.getValue().replaceFirst("\\D.*", ""))
        .anyMatch(used -> !used.isEmpty() && Double.parseDouble(used) >= GPU_BUSY);
  }

  private static String words(List<String> users) {
    return String.join("; ", users);
  }
}
