package hostperf.configuration;

import hostperf.Refusal;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.profile.Point;
import hostperf.profile.Profiling;
import hostperf.profile.Profiling.Attach;
import hostperf.profile.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Reads the section `workload`: what to run, at which points, and what its output tells.
final class WorkloadReader {
  /// Each costs the launches of a workload of its own.
  private static final int MOST_POINTS = 8;

  private static final String POINT = "[A-Za-z0-9][A-Za-z0-9._-]{0,30}";

  private WorkloadReader() {}

  /// The root, by the name that a profiler takes.
  static Optional<String> step(Section workload) {
    var root = workload.text("root");
    try {
      var _ = new Profiling(Attach.INJECT, root.stream().toList());
      return root;
    } catch (Refusal refusal) {
      workload.fault("root", "is wrong: " + refusal.why() + " " + refusal.next());
      return Optional.empty();
    }
  }

  static Set<String> varies(Section workload) {
    var varies = workload.texts("varies", List.of());
    varies.stream()
        .filter(name -> !name.matches("[\\w.<>]+\\.\\w+(\\[[^\\]]*])*"))
        .forEach(
            name ->
                workload.fault(
                    "varies",
                    "has '%s'; it names attributes, as Class.attribute, or their fields, as answers do."
                        .formatted(name)));
    return Set.copyOf(varies);
  }

  static List<Point> points(Section workload) {
    var points = new ArrayList<Point>();
    for (var point : workload.sections("points")) {
      var name = point.required("name", "c64");
      if (!name.matches(POINT)) {
        point.fault(
            "name", "is '%s'; a name has letters, digits, `.`, `_` and `-`.".formatted(name));
      }
      if (points.stream().anyMatch(p -> p.name().equals(name))) {
        workload.fault("points", "has two points named '%s'.".formatted(name));
      }
      points.add(new Point(name, point.texts("append", List.of()), environment(point)));
      point.rejectOthers();
    }
    if (points.size() > MOST_POINTS) {
      workload.fault(
          "points",
          "has %d points; at most %d are measured.".formatted(points.size(), MOST_POINTS));
    }
    return points;
  }

  static Workload workload(Path checkout, Section workload) {
    var command = workload.texts("command", List.of());
    if (command.isEmpty()) {
      workload.fault("command", "is missing; for example `command: [python3, bench.py]`.");
    } else {
      requireProgram(workload, command);
    }
    var metrics = new ArrayList<Metric>();
    for (var metric : workload.sections("metrics")) {
      metric(metric).ifPresent(metrics::add);
    }
    requireOneOfEachName(workload, metrics);
    if (!metrics.isEmpty() && metrics.stream().noneMatch(Metric::primary)) {
      metrics.set(0, primary(metrics.getFirst()));
    }
    boolean onePrimary = metrics.stream().filter(Metric::primary).count() == 1;
    if (!onePrimary) {
      workload.fault(
          "metrics",
          "needs a metric, and at most one with `primary: true`, by which patches are judged.");
    }
    var read =
        new Workload(
            command.isEmpty() ? List.of("missing") : command,
            checkout.resolve(workload.text("directory", ".")).toAbsolutePath().normalize(),
            environment(workload),
            workload.duration("timeout", Duration.ofMinutes(45)),
            workload.text("output"),
            onePrimary ? metrics : List.of());
    workload.rejectOthers();
    return read;
  }

  /// Where none is named, the first metric decides.
  private static Metric primary(Metric first) {
    return new Metric(
        first.name(), first.unit(), first.better(), true, first.tolerance(), first.pattern());
  }

  private static Optional<Metric> metric(Section metric) {
    var name = metric.required("name", "output_throughput");
    var unit = metric.text("unit", "");
    var better = metric.choice("better", Better.class, Better.HIGHER);
    boolean primary = metric.flag("primary", false);
    double tolerance = metric.fraction("tolerance", Metric.DEFAULT_TOLERANCE);
    var text = metric.required("pattern", "Total Output Throughput \\(tokens/sec\\):\\s+([\\d.]+)");
    metric.rejectOthers();
    try {
      return text.isEmpty()
          ? Optional.empty()
          : Optional.of(new Metric(name, unit, better, primary, tolerance, Pattern.compile(text)));
    } catch (PatternSyntaxException e) {
      metric.fault("pattern", "is not a regular expression: " + e.getDescription() + ".");
    } catch (Refusal _) {
      metric.fault("pattern", "needs a group in parentheses around the number.");
    }
    return Optional.empty();
  }

  static void requireProgram(Section section, List<String> command) {
    if (command.isEmpty() || command.getFirst().isBlank()) {
      section.fault("command", "names no program; for example `command: [python3, -m, pytest]`.");
    }
  }

  private static Map<String, String> environment(Section workload) {
    var environment = workload.map("environment");
    environment.keySet().stream()
        .filter(name -> name.isEmpty() || name.contains("="))
        .forEach(
            name ->
                workload.fault(
                    "environment",
                    "has the name '%s'; a name is not empty and has no `=`.".formatted(name)));
    return environment;
  }

  private static void requireOneOfEachName(Section workload, List<Metric> metrics) {
    var names = new HashSet<String>();
    metrics.stream()
        .map(Metric::name)
        .filter(name -> !names.add(name))
        .distinct()
        .forEach(name -> workload.fault("metrics", "has two metrics named '%s'.".formatted(name)));
  }
}
