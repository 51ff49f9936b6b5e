package hostperf.server.cli;

import hostperf.approval.TrustedConfigurations;
import hostperf.configuration.ConfigurationReader;
import hostperf.doctor.Check;
import hostperf.doctor.Doctor;
import hostperf.host.TextFile;
import hostperf.metric.MetricReader;
import hostperf.metric.Metrics;
import hostperf.report.UntrustedText;
import hostperf.server.Structured;
import hostperf.server.cli.console.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf doctor`: what a run needs, and how to mend what is missing.
@Command(name = "doctor", description = "Checks what a run needs; tries metric patterns on a log.")
final class DoctorCommand implements Callable<Integer> {
  /// Names of processes and messages of tools are anybody's.
  private static final int MOST = 2000;

  /// Characters of a log that a pattern over several lines is tried on.
  private static final int KEPT = 2_000_000;

  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Tries the configuration's metric patterns on this output.")
  private Optional<Path> log = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var checkout = hostperf.checkout();
    if (log.isPresent()) {
      return tryPatterns(checkout.root(), log.get());
    }
    var targets = hostperf.installation().texts().targets();
    var checks = new Doctor(checkout, TrustedConfigurations.ofUser(), targets).checks();
    if (json) {
      hostperf.console().json(Map.of("findings", checks.stream().map(Structured::fields).toList()));
    } else {
      print(checks);
    }
    return checks.stream().anyMatch(f -> f.state() == Check.State.MISSING)
        ? ExitCode.NEGATIVE
        : ExitCode.DONE;
  }

  private void print(List<Check> checks) {
    var out = hostperf.console().out();
    for (var f : checks) {
      out.printf(
          "%-8s %-18s %s%n",
          f.state().name().toLowerCase(Locale.ROOT),
          f.subject(),
          UntrustedText.block(f.what(), MOST));
      if (!f.mend().isEmpty()) {
        out.printf("%-27s → %s%n", "", UntrustedText.block(f.mend(), MOST));
      }
    }
  }

  private int tryPatterns(Path root, Path file) {
    var metrics = ConfigurationReader.require(root).workload().metrics();
    var reader = new MetricReader(metrics);
    var kept = new StringBuilder();
    var log = new InputFile(file, "--log", "a file with the workload's output").checked();
    // As in a run: whatever is no UTF-8 does not stop the reading.
    try (var lines = new BufferedReader(TextFile.reader(log))) {
      lines.lines().forEach(line -> keep(line, reader, kept));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var found = reader.metrics(kept.toString(), file);
    var reasons =
        found.missing().stream()
            .collect(Collectors.toMap(m -> m.metric().name(), Metrics.Missing::reason));
    var out = hostperf.console().out();
    for (var metric : metrics) {
      out.printf(
          "%-24s %s%n",
          metric.name(),
          found
              .value(metric.name())
              .map(v -> v + " " + metric.unit())
              .orElseGet(
                  () -> UntrustedText.line(reasons.getOrDefault(metric.name(), "no match"), MOST)));
    }
    return found.missing().isEmpty() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }

  private static void keep(String line, MetricReader reader, StringBuilder kept) {
    reader.accept(line);
    kept.append(line).append('\n');
    if (kept.length() > 2 * KEPT) {
      kept.delete(0, kept.length() - KEPT);
    }
  }
}
