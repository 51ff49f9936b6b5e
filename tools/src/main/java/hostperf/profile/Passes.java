package hostperf.profile;

import hostperf.profile.FactsPass.Collected;
import hostperf.profile.Sampler.Sampled;
import hostperf.source.Sources;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import hostperf.stacks.RootFinder;
import hostperf.stacks.SeenStacks;
import hostperf.stacks.Shares.FunctionShare;
import hostperf.stacks.StackProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Profiles a workload: samples say where its steps spend their time, then the line profiler says
/// how often the lines of those functions run, then the collectors say what they do.
public final class Passes {
  /// The line profiler is put on functions until this much of the root's time is in them.
  /// What is held up for less is said at its line alone.
  private static final double WORTH_SAYING = 0.03;

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
  /// @param look what the passes after the samples look at
  /// @param usual how long a launch without a pass takes; absent where that is not known
  public record Request(
      Set<Pass> passes,
      Profiling.Attach attach,
      Optional<String> root,
      List<String> mapped,
      Look look,
      Optional<Duration> usual) {
    public Request {
      passes = Set.copyOf(passes);
      mapped = List.copyOf(mapped);
    }
  }

  /// Functions for the passes after the samples.
  ///
  /// @param functions those that are named
  /// @param otherwise where to begin if none is named and samples choose none
  /// @param deeper goes on from the named ones: to those that the samples choose, or without
  ///     samples to what the lines call, a launch a level; absent to stay with them
  public record Look(List<String> functions, List<String> otherwise, Optional<Drilldown> deeper) {
    public Look {
      functions = List.copyOf(functions);
      otherwise = List.copyOf(otherwise);
    }

    /// These, or those that the samples choose where there are none.
    public static Look at(List<String> functions) {
      return new Look(functions, List.of(), Optional.empty());
    }
  }

  /// What the passes gave; each is absent where it was not asked for or could not work, and then
  /// `remarks` say why.
  ///
  /// @param seen what the ranking was made from, where that has stacks
  /// @param hits what the line profiler counted, in a launch or in a file
  /// @param functions those that the line profiler was put on, as it takes them
  /// @param coverage how much of the root's own time they have, by samples
  public record Result(
      Optional<Sampled> sampled,
      Optional<Ranking> ranking,
      Optional<SeenStacks> seen,
      Optional<ProfileSession.Result> lines,
      Optional<ProfileReport> hits,
      Optional<Collected> facts,
      List<String> functions,
      double coverage,
      List<String> remarks) {
    public Result {
      functions = List.copyOf(functions);
      remarks = List.copyOf(remarks);
    }

    /// The profiles of all passes.
    public List<Path> files() {
      return Stream.of(
              sampled.stream().flatMap(s -> s.files().stream()),
              lines.stream()
                  .flatMap(r -> r.launch().profile().stream())
                  .flatMap(p -> p.reports().stream()),
              facts.stream().flatMap(f -> f.files().stream()))
          .flatMap(files -> files)
          .toList();
    }
  }

  /// @param bySamples whether samples had a say
  /// @param root as the line profiler takes it; absent where it cannot be named
  private record Chosen(
      List<String> functions, boolean bySamples, double coverage, Optional<String> root) {}

  /// Ends early, with what there is, where its thread is interrupted.
  ///
  /// @param progress gets what is being done
  /// @param output gets the workload's output
  public Result take(
      Workload workload,
      String suffix,
      Request request,
      Consumer<String> progress,
      Consumer<String> output) {
    var remarks = new ArrayList<String>();
    Optional<Sampled> sampled = Optional.empty();
    Optional<Ranked> ranked = Optional.empty();
    if (request.passes().contains(Pass.SAMPLES)) {
      progress.accept("pass samples: where the time goes");
      sampled = Optional.of(sampler.sample(workload, suffix + "_samples", request.usual(), output));
      ranked = ranked(sampled.get(), request);
      remarks.addAll(sampled.get().remarks());
      remarks.addAll(ended(Pass.SAMPLES, sampled.get().launch()));
      remarks.addAll(notFound(request.root(), ranked.map(Ranked::ranking)));
      remarks.addAll(few(ranked.map(Ranked::ranking)));
      remarks.addAll(uncompared(ranked.map(Ranked::ranking)));
      ranked.map(Ranked::ranking).flatMap(Passes::heldUp).ifPresent(remarks::add);
    }
    var ranking = ranked.map(Ranked::ranking).filter(r -> r.hasEnough() || hasNothingElse(request));
    var chosen = chosen(request, sampled, ranking, new FunctionNames(sources));
    Optional<ProfileSession.Result> lines = Optional.empty();
    if (request.passes().contains(Pass.LINES) && !chosen.functions().isEmpty() && goesOn()) {
      progress.accept("pass lines: how often, in " + chosen.functions().size() + " functions");
      lines = Optional.of(lines(workload, suffix + "_lines", request, chosen, progress, output));
      remarks.addAll(missing(lines.get()));
      remarks.addAll(ranking.isPresent() ? List.of() : timing(lines.get()));
      remarks.addAll(ended(Pass.LINES, lines.get().launch()));
    }
    Optional<Collected> facts = Optional.empty();
    var root = request.root().or(chosen::root);
    if (request.passes().contains(Pass.FACTS) && root.isPresent() && goesOn()) {
      progress.accept("pass facts: what the lines do");
      var look =
          new FactsPass.Request(
              root.get(),
              warmUp(lines, ranking),
              watched(chosen.functions(), root.get()),
              List.of());
      facts =
          Optional.of(new FactsPass(launcher).collect(workload, look, suffix + "_facts", output));
      remarks.addAll(facts.get().remarks());
      remarks.addAll(ended(Pass.FACTS, facts.get().launch()));
    } else if (request.passes().contains(Pass.FACTS) && root.isEmpty()) {
      remarks.add("Without a root there are no facts: name one with `root`.");
    }
    return new Result(
        sampled,
        ranking,
        ranked.map(Ranked::seen),
        lines,
        lines.map(ProfileSession.Result::report),
        facts,
        chosen.functions(),
        chosen.coverage(),
        remarks);
  }

  /// Without functions by name, a few samples are better than nothing.
  private static boolean hasNothingElse(Request request) {
    return request.look().functions().isEmpty() && request.look().otherwise().isEmpty();
  }

  private static boolean goesOn() {
    return !Thread.currentThread().isInterrupted();
  }

  private static List<String> ended(Pass pass, Launch launch) {
    return launch.finished().succeeded()
        ? List.of()
        : List.of(
            "The launch of the pass `%s` ended early (it %s), so it shows only a part: see %s."
                .formatted(
                    pass.name().toLowerCase(Locale.ROOT),
                    EndWords.of(launch.finished()),
                    launch.log()));
  }

  /// How many of the root's first calls are left out: a root that is called seldom, such as a loop
  /// that is entered once, has few to spare.
  private static long warmUp(Optional<ProfileSession.Result> lines, Optional<Ranking> ranking) {
    return lines.stream()
        .flatMap(session -> session.report().functions().stream())
        .filter(f -> ranking.filter(r -> isRoot(f, r)).isPresent())
        .mapToLong(f -> Math.min(WARM_UP_CALLS, f.calls() / 2))
        .findFirst()
        .orElse(WARM_UP_CALLS);
  }

  private static boolean isRoot(FunctionProfile function, Ranking ranking) {
    return function.name().equals(ranking.root().function())
        && ranking.root().file().endsWith(function.file());
  }

  /// What profiles that exist tell, without a launch.
  public static Result ofExisting(
      ExistingProfiles profiles, Sources sources, Optional<String> root, List<String> mapped) {
    var ranked = profiles.stacks().flatMap(s -> ranked(s, Optional.empty(), sources, root, mapped));
    var remarks = new ArrayList<>(profiles.remarks(root));
    remarks.addAll(notFound(root, ranked.map(Ranked::ranking)));
    return new Result(
        Optional.empty(),
        ranked.map(Ranked::ranking).or(() -> profiles.ranking(sources)),
        ranked.map(Ranked::seen),
        Optional.empty(),
        profiles.hits(sources),
        Optional.empty(),
        List.of(),
        0,
        remarks);
  }

  private static List<String> few(Optional<Ranking> ranking) {
    return ranking
        .filter(r -> !r.hasEnough())
        .map(
            r ->
                "Only %d samples were taken in %s, too few to rank by: let the workload run longer."
                    .formatted(r.samples(), r.root().function()))
        .stream()
        .toList();
  }

  private static List<String> uncompared(Optional<Ranking> ranking) {
    return ranking
        .filter(r -> r.uncompared() > 0)
        .map(
            r ->
                "%d of the processes that ran %s have too few samples to be compared with the others."
                    .formatted(r.uncompared(), r.root().function()))
        .stream()
        .toList();
  }

  private static Optional<String> heldUp(Ranking ranking) {
    return ranking.stays().stream()
        .filter(stay -> stay.share() >= WORTH_SAYING)
        .findFirst()
        .map(
            stay ->
                String.format(
                    Locale.ROOT,
                    "%.0f ms of samples in a row, %.1f%% of the root's time, are at line %d of %s: one call took that long, or something held the process up there; the line's share says little of its other calls.",
                    1e3 * stay.seconds(),
                    100 * stay.share(),
                    stay.at().line(),
                    stay.at().function()));
  }

  private static List<String> notFound(Optional<String> named, Optional<Ranking> ranking) {
    return ranking
        .map(Ranking::root)
        .filter(root -> named.isPresent() && root.how() != Root.How.CONFIGURED)
        .map(
            root ->
                "No sample was taken in %s, the requested root; the root is %s instead."
                    .formatted(named.get(), root.function()))
        .stream()
        .toList();
  }

  private record Ranked(Ranking ranking, SeenStacks seen) {}

  private Optional<Ranked> ranked(Sampled sampled, Request request) {
    return ranked(sampled.wall(), sampled.holding(), sources, request.root(), request.mapped());
  }

  private static Optional<Ranked> ranked(
      StackProfile profile,
      Optional<StackProfile> holding,
      Sources sources,
      Optional<String> named,
      List<String> mapped) {
    var names = new FunctionNames(sources);
    var seen = new SeenStacks(names.in(profile), holding.map(names::in));
    return RootFinder.find(seen.wall(), named, mapped)
        .map(
            root ->
                new Ranked(
                    Ranking.of(seen.wall(), seen.holding(), root, new Own(sources.root(), root)),
                    seen));
  }

  private static Chosen chosen(
      Request request, Optional<Sampled> sampled, Optional<Ranking> ranking, FunctionNames names) {
    var look = request.look();
    var root = rootName(sampled, ranking);
    if (ranking.isEmpty()) {
      return new Chosen(
          look.functions().isEmpty() ? look.otherwise() : look.functions(), false, 0, root);
    }
    var named = new LinkedHashSet<>(look.functions());
    boolean chooses = named.isEmpty() || look.deeper().isPresent();
    double covered = 0;
    for (FunctionShare function : ranking.get().own().functions()) {
      var name =
          sampled
              .get()
              .modules()
              .nameOf(function.file(), function.function())
              .filter(n -> canBeNamed(n) && !names.isNested(function.file(), function.function()));
      boolean isWanted =
          chooses
              && covered < COVERED
              && named.size() < MOST_FUNCTIONS + look.functions().size()
              && function.own() > 0;
      if (name.isPresent() && (isWanted || isNamed(named, name.get()))) {
        if (!isNamed(named, name.get())) {
          named.add(name.get());
        }
        covered += function.own();
      }
    }
    root.filter(name -> chooses && !isNamed(named, name)).ifPresent(named::add);
    return new Chosen(List.copyOf(named), true, covered, root);
  }

  /// The profiler takes `module.function` and `module::function`.
  private static boolean isNamed(Set<String> named, String name) {
    return named.contains(name)
        || named.contains(name.substring(0, name.lastIndexOf('.')) + "::" + lastOf(name));
  }

  private static String lastOf(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
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

  private static List<String> timing(ProfileSession.Result lines) {
    return lines.launch().profile().map(Launch.ProfileFiles::timing).orElse(List.of());
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
      Request request,
      Chosen chosen,
      Consumer<String> progress,
      Consumer<String> output) {
    var deeper = request.look().deeper().filter(_ -> !chosen.bySamples());
    return new ProfileSession(launcher, deeper, sources)
        .profile(
            workload,
            new Profiling(request.attach(), chosen.functions(), chosen.root().or(request::root)),
            suffix,
            progress,
            output);
  }
}
