package hostperf.profile;

import hostperf.profile.FactsPass.Collected;
import hostperf.profile.Sampler.Sampled;
import hostperf.source.Sources;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.RootFinder;
import hostperf.stacks.Shares.FunctionShare;
import hostperf.stacks.StackProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Profiles a workload: samples say where its steps spend their time, then the line profiler says
/// how often the lines of those functions run, then the collectors say what they do.
public final class Passes {
  /// The line profiler is put on functions until this much of the root's time is in them.
  private static final double COVERED = 0.9;

  /// Each profiled function slows the launch; those beyond have a few tenths of a percent each.
  private static final int MOST_FUNCTIONS = 25;

  /// The root's first calls import, allocate and compile.
  private static final long WARM_UP_CALLS = 5;

  private static final int MOST_WATCHED = 12;

  private final Launcher launcher;
  private final Sampler sampler;
  private final Sources sources;

  public Passes(Launcher launcher, Sampler sampler, Sources sources) {
    this.launcher = launcher;
    this.sampler = sampler;
    this.sources = sources;
  }

  /// What is asked for.
  ///
  /// @param root as `module.Class.method`; else one of `mapped`, else found
  /// @param functions for the passes after the samples, in place of those that they choose
  public record Wanted(
      Set<Pass> passes,
      Profiling.Attach attach,
      Optional<String> root,
      List<String> mapped,
      List<String> functions) {
    public Wanted {
      passes = Set.copyOf(passes);
      mapped = List.copyOf(mapped);
      functions = List.copyOf(functions);
    }
  }

  /// What the passes gave; each is absent where it was not asked for or could not work, and then
  /// `remarks` say why.
  ///
  /// @param functions those that the line profiler was put on, as it takes them
  /// @param coverage how much of the root's own time they have, by samples
  public record Taken(
      Optional<Sampled> sampled,
      Optional<Ranking> ranking,
      Optional<ProfileSession.Result> lines,
      Optional<Collected> facts,
      List<String> functions,
      double coverage,
      List<String> remarks) {
    public Taken {
      functions = List.copyOf(functions);
      remarks = List.copyOf(remarks);
    }
  }

  /// @param root as the line profiler takes it; absent where it cannot be named
  private record Chosen(List<String> functions, double coverage, Optional<String> root) {}

  /// @param say gets what is being done, and the workload's output
  public Taken take(Workload workload, String suffix, Wanted wanted, Consumer<String> say) {
    var remarks = new ArrayList<String>();
    Optional<Sampled> sampled = Optional.empty();
    Optional<Ranking> ranking = Optional.empty();
    if (wanted.passes().contains(Pass.SAMPLES)) {
      say.accept("Pass samples: where the time goes");
      sampled = Optional.of(sampler.sample(workload, suffix, say));
      remarks.addAll(sampled.get().remarks());
      ranking = ranking(sampled.get(), wanted);
    }
    var chosen = chosen(wanted, sampled, ranking);
    Optional<ProfileSession.Result> lines = Optional.empty();
    if (wanted.passes().contains(Pass.LINES) && !chosen.functions().isEmpty()) {
      say.accept("Pass lines: how often, in " + chosen.functions().size() + " functions");
      lines = Optional.of(lines(workload, suffix + "_lines", wanted, chosen.functions(), say));
      remarks.addAll(missing(lines.get()));
    }
    Optional<Collected> facts = Optional.empty();
    var root = wanted.root().or(chosen::root);
    if (wanted.passes().contains(Pass.FACTS) && root.isPresent()) {
      say.accept("Pass facts: what the lines do");
      var look =
          new FactsPass.Wanted(
              root.get(), WARM_UP_CALLS, watched(chosen.functions(), root.get()), List.of());
      facts = Optional.of(new FactsPass(launcher).collect(workload, look, suffix + "_facts", say));
      remarks.addAll(facts.get().remarks());
    } else if (wanted.passes().contains(Pass.FACTS)) {
      remarks.add("Without a root there are no facts: name one with `root`.");
    }
    return new Taken(
        sampled, ranking, lines, facts, chosen.functions(), chosen.coverage(), remarks);
  }

  /// What profiles that exist tell, without a launch.
  public static Taken ofExisting(
      StackProfile profile, Sources sources, Optional<String> root, List<String> mapped) {
    var ranking = ranking(profile, Optional.empty(), sources, root, mapped);
    return new Taken(
        Optional.empty(), ranking, Optional.empty(), Optional.empty(), List.of(), 0, List.of());
  }

  private Optional<Ranking> ranking(Sampled sampled, Wanted wanted) {
    return ranking(sampled.wall(), sampled.holding(), sources, wanted.root(), wanted.mapped());
  }

  private static Optional<Ranking> ranking(
      StackProfile profile,
      Optional<StackProfile> holding,
      Sources sources,
      Optional<String> named,
      List<String> mapped) {
    var names = new FunctionNames(sources);
    var wall = names.in(profile);
    return RootFinder.find(wall, named, mapped)
        .map(
            root ->
                Ranking.of(
                    wall,
                    holding.map(names::in),
                    Sampler.RATE,
                    root,
                    new Own(sources.root(), root)));
  }

  private static Chosen chosen(
      Wanted wanted, Optional<Sampled> sampled, Optional<Ranking> ranking) {
    if (ranking.isEmpty() || !wanted.functions().isEmpty()) {
      return new Chosen(wanted.functions(), 0, rootName(sampled, ranking));
    }
    List<String> functions = new ArrayList<>();
    double covered = 0;
    for (FunctionShare function : ranking.get().own().functions()) {
      if (covered >= COVERED || functions.size() == MOST_FUNCTIONS || function.own() == 0) {
        break;
      }
      var name =
          sampled
              .get()
              .modules()
              .nameOf(function.file(), function.function())
              .filter(Passes::canBeNamed);
      if (name.isPresent()) {
        functions.add(name.get());
        covered += function.own();
      }
    }
    var root = rootName(sampled, ranking);
    root.filter(name -> !functions.contains(name)).ifPresent(functions::add);
    return new Chosen(functions, covered, root);
  }

  private static Optional<String> rootName(Optional<Sampled> sampled, Optional<Ranking> ranking) {
    return ranking
        .map(Ranking::root)
        .flatMap(root -> sampled.flatMap(s -> s.modules().nameOf(root.file(), root.function())))
        .filter(Passes::canBeNamed);
  }

  /// A function within a function has no name that the line profiler could find it by.
  private static boolean canBeNamed(String name) {
    return name.matches("[\\p{L}\\p{N}_]+(\\.[\\p{L}\\p{N}_]+)+");
  }

  private static List<String> watched(List<String> functions, String root) {
    return functions.stream().filter(f -> !f.equals(root)).limit(MOST_WATCHED).toList();
  }

  /// Why the line profiler saw nothing; nothing where it saw something.
  private static List<String> missing(ProfileSession.Result lines) {
    if (!lines.report().functions().isEmpty()) {
      return List.of();
    }
    var reasons =
        lines.launch().profile().stream()
            .flatMap(files -> files.targets().stream())
            .map(Launch.TargetNote::remark)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .toList();
    return List.of(
        "The pass `lines` left no report, so there are no hits%s."
            .formatted(reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
  }

  private ProfileSession.Result lines(
      Workload workload,
      String suffix,
      Wanted wanted,
      List<String> functions,
      Consumer<String> say) {
    var launch =
        launcher.profiled(workload, new Profiling(wanted.attach(), functions), suffix, say);
    var merged = launch.profile().map(Launch.ProfileFiles::merged).orElseGet(ProfileReport::empty);
    return new ProfileSession.Result(launch, QualifiedNames.in(merged, sources), List.of(), 1);
  }
}
