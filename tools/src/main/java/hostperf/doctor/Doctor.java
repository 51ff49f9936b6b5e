package hostperf.doctor;

import hostperf.NameList;
import hostperf.Refusal;
import hostperf.approval.TrustedConfigurations;
import hostperf.catalog.HotFunction;
import hostperf.catalog.Layout;
import hostperf.catalog.TargetMaps;
import hostperf.configuration.Configuration;
import hostperf.configuration.ConfigurationReader;
import hostperf.configuration.ConfigurationReader.Reading;
import hostperf.configuration.Fault;
import hostperf.job.Checkout;
import hostperf.run.Patching;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at all that a run needs. Every fault is told at once, each with how to mend it. It runs
/// nothing of the checkout: programs start in a folder that holds none of its files.
public final class Doctor {
  private static final int MOST_NAMES = 10;

  private final Checkout checkout;
  private final TrustedConfigurations trusted;
  private final TargetMaps targets;

  /// @param trusted what a person has approved: only of that is anything run
  public Doctor(Checkout checkout, TrustedConfigurations trusted, TargetMaps targets) {
    this.checkout = checkout;
    this.trusted = trusted;
    this.targets = targets;
  }

  /// Where a program finds nothing that the checkout could have put there.
  static final Path NEUTRAL = Path.of("/");

  public List<Check> checks() {
    var checks = new ArrayList<Check>();
    // First, since what a dead server left half done shows as a fault of the checkout.
    checks.addAll(new RunsCheck(checkout).checks());
    checks.addAll(git());
    checks.addAll(new WritableCheck(checkout.root()).checks());
    var reading = ConfigurationReader.read(checkout.root());
    checks.addAll(configuration(reading));
    if (reading instanceof Reading.Valid(Configuration valid)) {
      checks.addAll(new WorkloadCheck(checkout.root()).checks(valid));
      checks.addAll(new ExecutionCheck(checkout.processes()).checks(valid.execution()));
      editable(valid).ifPresent(checks::add);
      uncommitted(valid).ifPresent(checks::add);
      layout(valid).ifPresent(checks::add);
      map(valid).ifPresent(checks::add);
      var isApproved = trusted.contains(checkout.root(), valid.source().sha256());
      checks.addAll(
          new PythonCheck(checkout.root(), checkout.processes(), isApproved).checks(valid));
    }
    checks.addAll(
        new SamplerCheck(checkout.root(), checkout.processes(), System.getenv()).checks());
    checks.addAll(new GpuCheck(checkout.processes()).checks());
    checks.addAll(new MachineCheck(checkout.root(), checkout.processes()).checks());
    return List.copyOf(checks);
  }

  private List<Check> git() {
    try {
      var opened = checkout.repository();
      opened.requireFit();
      var head = opened.head().substring(0, 10);
      return List.of(Check.ok("git", "%s at %s".formatted(opened.headName(), head)));
    } catch (Refusal refusal) {
      return List.of(Check.missing("git", refusal.why(), refusal.next()));
    }
  }

  /// Which of the map's names a run will take.
  private Optional<Check> layout(Configuration configuration) {
    var layout = Layout.of(targets.of(configuration.target()).layouts(), checkout.root());
    return layout.isEmpty() ? Optional.empty() : Optional.of(Check.ok("layout", layout));
  }

  /// Whether the map fits this checkout: names of an engine move.
  private Optional<Check> map(Configuration configuration) {
    var functions = targets.of(configuration.target()).functions();
    var sources = checkout.sources();
    var gone =
        functions.stream()
            .filter(f -> f.names().stream().noneMatch(sources::defines))
            .map(HotFunction::name)
            .toList();
    if (functions.isEmpty()) {
      return Optional.empty();
    }
    if (gone.size() == functions.size()) {
      return Optional.of(
          Check.warning(
              "target map",
              "none of the functions that the map of %s names is in this checkout"
                  .formatted(configuration.target()),
              "Is it a checkout of that engine? Else set `target: generic`."));
    }
    return Optional.of(
        Check.ok(
            "target map",
            "%d of the %d functions that the map of %s names are in this checkout%s"
                .formatted(
                    functions.size() - gone.size(),
                    functions.size(),
                    configuration.target(),
                    gone.isEmpty() ? "" : "; not " + NameList.of(gone, MOST_NAMES))));
  }

  /// A pattern with a slip in it leaves nothing to patch, which shows only rounds later.
  private Optional<Check> editable(Configuration configuration) {
    try {
      var policy = Patching.policy(checkout, configuration);
      long files = checkout.repository().tracked().stream().filter(policy::allows).count();
      return Optional.of(
          files > 0
              ? Check.ok("policy", "%,d tracked files may be patched".formatted(files))
              : Check.missing(
                  "policy",
                  "no tracked file may be patched: policy.editable is %s"
                      .formatted(policy.editable()),
                  "Name the package's files in policy.editable, such as \"engine/**/*.py\";"
                      + " tests, benchmarks and policy.protected win over it."));
    } catch (Refusal _) {
      // Told as a fault of git.
      return Optional.empty();
    }
  }

  private Optional<Check> uncommitted(Configuration configuration) {
    try {
      var changed =
          checkout.repository().uncommitted(Patching.policy(checkout, configuration)::allows);
      return changed.changes().isEmpty()
          ? Optional.empty()
          : Optional.of(
              Check.warning(
                  "changes",
                  "%,d files that may be patched have uncommitted changes"
                      .formatted(changed.changes().size()),
                  "Commit or stash them, or hand them in as the patch: until then they are part of"
                      + " every measurement."));
    } catch (Refusal _) {
      // Told as a fault of git.
      return Optional.empty();
    }
  }

  private static List<Check> configuration(Reading reading) {
    return switch (reading) {
      case Reading.Valid valid ->
          List.of(
              Check.ok(
                  "configuration",
                  "%s; primary metric %s"
                      .formatted(Configuration.FILE, valid.configuration().primary().name())));
      case Reading.Absent _ ->
          List.of(
              Check.missing(
                  "configuration",
                  "there is no " + Configuration.FILE,
                  "Run `hostperf init` for a draft. Detection, classification and references work"
                      + " without one."));
      case Reading.Faulty faulty -> faulty.faults().stream().map(Doctor::fault).toList();
    };
  }

  private static Check fault(Fault fault) {
    var where = fault.line() == 0 ? "" : " at line " + fault.line();
    return Check.missing(
        "configuration",
        fault.toString(),
        "Correct it in %s%s.".formatted(Configuration.FILE, where));
  }
}
