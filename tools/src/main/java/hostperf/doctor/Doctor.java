package hostperf.doctor;

import hostperf.Refusal;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.host.Processes;
import hostperf.repository.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks at all that a run needs. Every fault is told at once, each with how to mend it.
public final class Doctor {
  private final Path checkout;
  private final Processes processes;
  private final Supplier<Repository> repository;

  /// @param repository opens the checkout, or refuses
  public Doctor(Path checkout, Processes processes, Supplier<Repository> repository) {
    this.checkout = checkout;
    this.processes = processes;
    this.repository = repository;
  }

  public List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    findings.addAll(git());
    var reading = ConfigurationReader.read(checkout);
    findings.addAll(configuration(reading));
    Optional<Configuration> configuration =
        reading instanceof Reading.Valid(Configuration valid)
            ? Optional.of(valid)
            : Optional.empty();
    findings.addAll(new PythonCheck(checkout, processes).findings(configuration));
    findings.addAll(new MachineCheck(checkout, processes).findings());
    return List.copyOf(findings);
  }

  private List<Finding> git() {
    try {
      var opened = repository.get();
      opened.requireFit();
      var head = opened.head().substring(0, 10);
      return List.of(Finding.ok("git", "%s at %s".formatted(opened.headName(), head)));
    } catch (Refusal refusal) {
      return List.of(Finding.missing("git", refusal.why(), refusal.next()));
    }
  }

  private static List<Finding> configuration(Reading reading) {
    return switch (reading) {
      case Reading.Valid valid ->
          List.of(
              Finding.ok(
                  "configuration",
                  "%s; primary metric %s"
                      .formatted(Configuration.FILE, valid.configuration().primary().name())));
      case Reading.Absent _ ->
          List.of(
              Finding.missing(
                  "configuration",
                  "there is no " + Configuration.FILE,
                  "Run `hostperf init` for a draft. Detection, classification and references work"
                      + " without one."));
      case Reading.Faulty faulty ->
          faulty.faults().stream()
              .map(
                  f ->
                      Finding.missing(
                          "configuration", f.toString(), "Correct it in " + Configuration.FILE))
              .toList();
    };
  }
}
