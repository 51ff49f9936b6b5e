package hostperf.server.cli;

import hostperf.configuration.ConfigurationReader;
import hostperf.doctor.Doctor;
import hostperf.doctor.Finding;
import hostperf.host.TextFile;
import hostperf.profile.MetricReader;
import hostperf.report.UntrustedText;
import hostperf.server.Structured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf doctor`: what a run needs, and how to mend what is missing.
@Command(name = "doctor", description = "Checks what a run needs; tries metric patterns on a log.")
final class DoctorCommand implements Callable<Integer> {
  /// Names of processes and messages of tools are anybody's.
  private static final int MOST = 2000;

  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Tries the configuration's metric patterns on this output.")
  private Optional<Path> log = Optional.empty();

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    // As it is: the doctor itself puts right what was left half done, and says so.
    var checkout = hostperf.checkoutAsLeft();
    if (log.isPresent()) {
      return tryPatterns(checkout.root(), log.get());
    }
    var findings = new Doctor(checkout).findings();
    if (json) {
      hostperf
          .console()
          .json(Map.of("findings", findings.stream().map(Structured::fields).toList()));
    } else {
      print(findings);
    }
    return findings.stream().anyMatch(f -> f.state() == Finding.State.MISSING)
        ? ExitCode.NEGATIVE
        : ExitCode.DONE;
  }

  private void print(List<Finding> findings) {
    var out = hostperf.console().out();
    for (var f : findings) {
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

  private int tryPatterns(Path root, Path file) throws IOException {
    var metrics = ConfigurationReader.require(root).workload().metrics();
    var reader = new MetricReader(metrics);
    var text = TextFile.read(file);
    text.lines().forEach(reader);
    var found = reader.metrics(text, file);
    var out = hostperf.console().out();
    for (var metric : metrics) {
      found
          .value(metric.name())
          .ifPresent(v -> out.printf("%-24s %s %s%n", metric.name(), v, metric.unit()));
    }
    for (var missing : found.missing()) {
      out.printf("%-24s %s%n", missing.metric().name(), UntrustedText.line(missing.reason(), MOST));
    }
    return found.missing().isEmpty() ? ExitCode.DONE : ExitCode.NEGATIVE;
  }
}
