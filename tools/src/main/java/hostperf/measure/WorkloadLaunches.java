package hostperf.measure;

import hostperf.host.Finished;
import hostperf.host.Redactor;
import hostperf.metric.Metrics;
import hostperf.profile.EndWords;
import hostperf.profile.EnvironmentReader;
import hostperf.profile.Launch;
import hostperf.profile.Launcher;
import hostperf.profile.OutputDigest;
import hostperf.profile.Point;
import hostperf.profile.Workload;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The real launches of a measurement: the configured workload, unprofiled, with what it ran on
/// before and after.
public final class WorkloadLaunches implements Launches {
  private final Launcher launcher;
  private final EnvironmentReader reader;
  private final Supplier<Map<String, String>> placement;
  private final Workload workload;
  private final List<Point> points;
  private final UnaryOperator<String> suffix;
  private final InstantSource clock;
  private final Consumer<String> lines;
  private final Map<String, String> identity;

  /// Reads the identity once: it is stable while a measurement runs in this process, and a
  /// measurement that goes on in another process reads it anew.
  ///
  /// @param placement where the tasks of the last launch ran
  /// @param points at each of which the workload is launched in turn; empty to launch it as it is
  /// @param suffix makes of a launch's label the suffix of its files, such as `round2_pair01-base`
  /// @param lines gets the workload's output as it comes
  public WorkloadLaunches(
      Launcher launcher,
      EnvironmentReader reader,
      Supplier<Map<String, String>> placement,
      Workload workload,
      List<Point> points,
      UnaryOperator<String> suffix,
      InstantSource clock,
      Consumer<String> lines) {
    this.launcher = launcher;
    this.reader = reader;
    this.placement = placement;
    this.workload = workload;
    this.points = List.copyOf(points);
    this.suffix = suffix;
    this.clock = clock;
    this.lines = lines;
    this.identity = new TreeMap<>(reader.identity(workload));
    identity.put("workload", String.join(" ", Redactor.shown(workload.command())));
    // The values may hold secrets and end up in a report: their hash tells a difference as well.
    identity.put("workload_environment", Integer.toHexString(workload.environment().hashCode()));
    if (!points.isEmpty()) {
      identity.put("workload_points", Integer.toHexString(points.hashCode()));
    }
  }

  /// How the workload is started for one launch.
  @FunctionalInterface
  interface Start {
    Launch launch(Workload workload, String suffix, Consumer<String> lines);
  }

  @Override
  public Launched launch(Slot slot) {
    if (points.isEmpty()) {
      return launch(slot, launcher::plain);
    }
    var each = new LinkedHashMap<Point, Launched>();
    for (Point point : points) {
      each.put(
          point, launch(workload.at(point), slot.label() + "-" + point.name(), launcher::plain));
      if (each.get(point).failure().isPresent()) {
        break;
      }
    }
    return Launched.together(each);
  }

  Launched launch(Slot slot, Start start) {
    return launch(workload, slot.label(), start);
  }

  private Launched launch(Workload what, String label, Start start) {
    var began = clock.instant();
    Map<String, String> before = reader.conditions();
    Launch launch = start.launch(what, suffix.apply(label), lines);
    Map<String, String> after = reader.conditions();
    return new Launched(
        failure(launch),
        launch.metrics().values(),
        Surroundings.of(identity, placed(), before, after),
        digest(launch.output()),
        began,
        launch.finished().duration().toMillis() / 1000.0,
        launch.finished().processor().map(spent -> spent.toMillis() / 1000.0),
        launch.metrics().matches(),
        launch.metrics().within(),
        Optional.empty());
  }

  /// Where on the machine or on others the tasks were put.
  private Map<String, String> placed() {
    var placed = new TreeMap<>(reader.affinity());
    placement.get().forEach((place, tasks) -> placed.put("tasks on " + place, tasks));
    return placed;
  }

  private static Optional<String> failure(Launch launch) {
    Finished finished = launch.finished();
    return switch (finished.end()) {
      case TIMED_OUT -> Optional.of(ended(launch));
      case CANCELLED -> Optional.of("It was cancelled.");
      case EXITED ->
          finished.exitCode() == 0
              ? launch.metrics().missing().stream().findFirst().map(Metrics.Missing::reason)
              : Optional.of(ended(launch));
    };
  }

  private static String ended(Launch launch) {
    return "It %s; output in %s".formatted(EndWords.of(launch.finished()), launch.log());
  }

  private static Optional<String> digest(OutputDigest output) {
    return switch (output) {
      case OutputDigest.Digest digest -> Optional.of(digest.sha256());
      case OutputDigest.NotConfigured() -> Optional.empty();
      case OutputDigest.NotWritten _ -> Optional.of("not written");
    };
  }
}
