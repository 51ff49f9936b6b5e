package hostperf.configuration;

import hostperf.execution.Execution;
import hostperf.host.Redactor;
import hostperf.measure.Quiet;
import hostperf.measure.Tier;
import hostperf.metric.Metric;
import hostperf.profile.Point;
import hostperf.profile.Profiling;
import hostperf.profile.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `hostperf.yaml`, read and checked. Every key has a default but the workload's command and its
/// primary metric.
///
/// @param target which target map applies, `generic` where there is none
/// @param workload what is launched and measured
/// @param points at which it is measured; empty where it is measured as it is
/// @param varies attributes whose content does not matter, as `Class.attribute`, or fields of them
/// @param root the function whose calls are its steps; absent where the map's or the samples tell
/// @param execution where launches run
/// @param rules what may be edited and how much proof it needs
/// @param model absent where nothing is to be asked of one
/// @param source the text as read, and its hash
public record Configuration(
    String target,
    Workload workload,
    List<Point> points,
    Set<String> varies,
    Optional<String> root,
    Execution execution,
    Profiling profiling,
    Testing testing,
    Rules rules,
    Optional<ModelSettings> model,
    Source source) {
  public Configuration {
    points = List.copyOf(points);
    varies = Set.copyOf(varies);
  }

  /// The file's name in the checkout.
  public static final String FILE = "hostperf.yaml";

  /// The file's text as it may be shown and journaled: secrets of the workload's environment and of
  /// the commands' arguments are hidden.
  public String shownText() {
    var arguments = new ArrayList<>(workload.command());
    arguments.addAll(testing.command());
    var environment = new HashMap<>(workload.environment());
    for (Point point : points) {
      arguments.addAll(point.append());
      environment.putAll(point.environment());
    }
    return Redactor.written(source.text(), environment, arguments);
  }

  /// The metric that decides.
  public Metric primary() {
    return workload.primary().orElseThrow();
  }

  /// @param command the test runner and its arguments; tests and report options are appended
  /// @param always tests that every patch runs
  public record Testing(List<String> command, List<String> always, Duration timeout) {
    public Testing {
      command = List.copyOf(command);
      always = List.copyOf(always);
    }
  }

  /// @param editable globs with gitignore meaning
  /// @param guarded globs added to the built-in list of protected files
  public record Rules(
      List<String> editable,
      List<String> guarded,
      Mode approval,
      int maxRounds,
      Measuring measuring) {
    public Rules {
      editable = List.copyOf(editable);
      guarded = List.copyOf(guarded);
    }
  }

  /// When a person is asked about a patch.
  public enum Mode {
    /// Always.
    ASK,
    /// From low risk up.
    ZERO_RISK,
    /// Never, but for what the audit flags.
    NEVER
  }

  /// @param minEffect the smallest relative gain worth keeping
  /// @param budget the longest a validation may take
  /// @param how base and candidate are compared
  /// @param quiet how undisturbed launches have to be
  public record Measuring(
      Tier tier, double minEffect, Duration budget, hostperf.measure.Mode how, Quiet quiet) {}

  /// @param sha256 of the text
  public record Source(String text, String sha256) {}
}
