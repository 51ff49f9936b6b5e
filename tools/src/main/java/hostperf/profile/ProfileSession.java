package hostperf.profile;

import hostperf.lines.ProfileReport;
import hostperf.lines.QualifiedNames;
import hostperf.lines.SourceText;
import hostperf.metric.Better;
import hostperf.metric.Metric;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// Profiles the workload line by line, and where nothing else says what lines call, again with the
/// functions in which the time went out of sight, up to three times more.
public final class ProfileSession {
  /// How often a profile is taken again with deeper functions.
  public static final int LEVELS = 3;

  private final Launcher launcher;
  private final Optional<Drilldown> drilldown;
  private final Sources sources;

  /// @param drilldown absent for one launch
  public ProfileSession(Launcher launcher, Optional<Drilldown> drilldown, Sources sources) {
    this.launcher = launcher;
    this.drilldown = drilldown;
    this.sources = sources;
  }

  /// What a session found.
  ///
  /// @param launch the last launch that gave a profile, else the last of all
  /// @param report its reports added up, under qualified names; empty where it gave none
  /// @param drills of all levels: followed ones first, then what could not be resolved
  /// @param launches how often the workload ran
  public record Result(Launch launch, ProfileReport report, List<Drill> drills, int launches) {
    public Result {
      drills = List.copyOf(drills);
    }
  }

  /// Profiles with the named functions and then deeper ones.
  ///
  /// @param progress gets what is done
  /// @param output gets the workload's output
  public Result profile(
      Workload workload,
      Profiling first,
      String suffix,
      Consumer<String> progress,
      Consumer<String> output) {
    SequencedSet<String> functions = new LinkedHashSet<>(first.functions());
    List<Drill> followed = new ArrayList<>();
    Result result = launch(workload, first, suffix, output, 1);
    for (int level = 1; level <= LEVELS; level++) {
      List<Drill> fresh =
          drills(result).stream()
              .filter(drill -> drill.target().filter(functions::add).isPresent())
              .toList();
      if (fresh.isEmpty()) {
        break;
      }
      followed.addAll(fresh);
      var deeper = new Profiling(first.attach(), List.copyOf(functions), first.root());
      progress.accept("drilling down, level " + level + ": " + targets(fresh));
      Result next = launch(workload, deeper, suffix + "_drill" + level, output, level + 1);
      if (next.report().functions().isEmpty()) {
        result = new Result(result.launch(), result.report(), List.of(), next.launches());
        break;
      }
      result = next;
    }
    drills(result).stream().filter(drill -> drill.target().isEmpty()).forEach(followed::add);
    return new Result(result.launch(), result.report(), followed, result.launches());
  }

  private List<Drill> drills(Result result) {
    return drilldown
        .map(
            d ->
                d.knowing(
                    result.launch().profile().map(Launch.ProfileFiles::modules).orElse(Map.of())))
        .map(d -> d.drills(result.report()))
        .orElse(List.of());
  }

  /// How many times slower a pass makes the workload, by its primary metric; absent where a launch
  /// has none.
  ///
  /// @param plain the metric of a launch without a pass
  public static Optional<Double> slowdown(Metric primary, Launch profiled, Optional<Double> plain) {
    Optional<Double> with = profiled.metrics().value(primary.name());
    if (with.filter(v -> v > 0).isEmpty() || plain.filter(v -> v > 0).isEmpty()) {
      return Optional.empty();
    }
    double ratio = with.get() / plain.get();
    return Optional.of(primary.better() == Better.LOWER ? ratio : 1 / ratio);
  }

  private Result launch(
      Workload workload, Profiling profiling, String suffix, Consumer<String> lines, int number) {
    Launch launch = launcher.profiled(workload, profiling, suffix, lines);
    ProfileReport merged =
        launch.profile().map(Launch.ProfileFiles::merged).orElseGet(ProfileReport::empty);
    ProfileReport complete = QualifiedNames.in(SourceText.in(merged, sources), sources);
    return new Result(launch, complete, List.of(), number);
  }

  private static String targets(List<Drill> drills) {
    return String.join(", ", drills.stream().flatMap(d -> d.target().stream()).toList());
  }
}
