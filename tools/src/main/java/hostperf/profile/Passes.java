package hostperf.profile;

import hostperf.lines.ExistingProfiles;
import hostperf.lines.FunctionProfile;
import hostperf.lines.ProfileReport;
import hostperf.profile.FactsPass.Collected;
import hostperf.profile.Sampler.Sampled;
import hostperf.source.Sources;
import hostperf.stacks.FunctionNames;
import hostperf.stacks.Own;
import hostperf.stacks.Ranking;
import hostperf.stacks.RootFinder;
import hostperf.stacks.SeenStacks;
import hostperf.stacks.StackProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Profiles a workload: samples say where its steps spend their time, then the line profiler says
/// how often the lines of those functions run, then the collectors say what they do.
public final class Passes {
  /// The root's first calls import, allocate and compile.
  private static final long WARM_UP_CALLS = 5;

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
      remarks.addAll(PassRemarks.ended(Pass.SAMPLES, sampled.get().launch()));
      remarks.addAll(PassRemarks.notFound(request.root(), ranked.map(Ranked::ranking)));
      remarks.addAll(PassRemarks.few(ranked.map(Ranked::ranking)));
      remarks.addAll(PassRemarks.uncompared(ranked.map(Ranked::ranking)));
      ranked.map(Ranked::ranking).flatMap(PassRemarks::heldUp).ifPresent(remarks::add);
    }
    var ranking = ranked.map(Ranked::ranking).filter(r -> r.hasEnough() || hasNothingElse(request));
    var chosen = ChosenFunctions.of(request.look(), sampled, ranking, new FunctionNames(sources));
    Optional<ProfileSession.Result> lines = Optional.empty();
    if (request.passes().contains(Pass.LINES) && !chosen.functions().isEmpty() && goesOn()) {
      progress.accept("pass lines: how often, in " + chosen.functions().size() + " functions");
      lines = Optional.of(lines(workload, suffix + "_lines", request, chosen, progress, output));
      remarks.addAll(PassRemarks.missing(lines.get()));
      remarks.addAll(ranking.isPresent() ? List.of() : PassRemarks.timing(lines.get()));
      remarks.addAll(PassRemarks.ended(Pass.LINES, lines.get().launch()));
    }
    Optional<Collected> facts = Optional.empty();
    var root = request.root().or(chosen::root);
    if (request.passes().contains(Pass.FACTS) && root.isPresent() && goesOn()) {
      progress.accept("pass facts: what the lines do");
      var look =
          new FactsPass.Request(
              root.get(), warmUp(lines, ranking), chosen.watched(root.get()), List.of());
      facts =
          Optional.of(new FactsPass(launcher).collect(workload, look, suffix + "_facts", output));
      remarks.addAll(facts.get().remarks());
      remarks.addAll(PassRemarks.ended(Pass.FACTS, facts.get().launch()));
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
    remarks.addAll(PassRemarks.notFound(root, ranked.map(Ranked::ranking)));
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
                    Ranking.of(
                        seen.wall(),
                        seen.holding(),
                        root,
                        Own.of(sources.root(), root, seen.wall())),
                    seen));
  }

  private ProfileSession.Result lines(
      Workload workload,
      String suffix,
      Request request,
      ChosenFunctions chosen,
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
