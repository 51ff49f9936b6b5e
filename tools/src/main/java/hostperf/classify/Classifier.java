package hostperf.classify;

import hostperf.catalog.TargetMap;
import hostperf.catalog.TypeHead;
import hostperf.classify.facts.CheckoutClasses;
import hostperf.classify.facts.CountedFacts;
import hostperf.classify.facts.Knowledge;
import hostperf.classify.facts.Known;
import hostperf.classify.facts.Scopes;
import hostperf.classify.facts.Spot;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.source.Callees;
import hostperf.source.Modules;
import hostperf.source.PythonFunction;
import hostperf.source.Sources;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Says which lines of a profile are hotspots, what is known of each, and of what type it can be.
///
/// Facts of the source and of the profile are held against what the types' page demands; where they
/// settle no type, the answer is the types that they permit and a question. Nothing here knows an
/// engine beyond what its target map says.
public final class Classifier {
  private final Judge judge;

  /// @param heads of all types, from the page
  public Classifier(List<TypeHead> heads) {
    this.judge = new Judge(heads);
  }

  /// The hotspots of a line profile alone, most costly first: total is time per hit × hits.
  ///
  /// @param sources where the profiled files are looked for; a function whose file is not found,
  ///     or has changed since, is judged by the report's own text
  /// @param limit how many at most
  public List<Hotspot> hotspots(LineProfile profile, Sources sources, TargetMap target, int limit) {
    return hotspots(Observed.of(profile), sources, target, limit);
  }

  /// The hotspots of all files; see below.
  public List<Hotspot> hotspots(Observed observed, Sources sources, TargetMap target, int limit) {
    return hotspots(observed, sources, target, _ -> true, limit);
  }

  /// The hotspots, most costly first: by samples where there are any of the profiled functions.
  ///
  /// @param mayChange which files hotspots are wanted of; shares are of the time in all
  public List<Hotspot> hotspots(
      Observed observed,
      Sources sources,
      TargetMap target,
      Predicate<String> mayChange,
      int limit) {
    var profile = observed.lines();
    var callees = new ProfiledCallees(profile);
    var classes = new CheckoutClasses(sources);
    var modules = new Callees(new Modules(sources));
    var sampled = new SampledTime(observed, sources);
    var functions =
        Stream.concat(profile.functions().stream(), sampled.uncounted(profile).stream())
            .filter(f -> !sampled.isCharged(f.name()))
            .toList();
    var read = functions.stream().map(f -> read(f, sources, target, classes, modules)).toList();
    var whole = sampled.whole(functions.stream().map(FunctionProfile::file).toList());
    Costing costing =
        whole.isPresent()
            ? new Costing.BySamples(sampled, whole.get())
            : new Costing.ByLines(callees, read.stream().mapToDouble(r -> r.own(callees)).sum());
    var judged = new ArrayList<Judged>();
    long steps = steps(observed);
    var counted = new CountedFacts(observed, sources, modules, steps);
    read.forEach(r -> judged.addAll(judged(r, costing, sampled, counted, steps)));
    judged.removeIf(j -> !mayChange.test(j.file()));
    judged.sort(
        Comparator.comparingLong((Judged j) -> -magnitude(j.usual(sampled)))
            .thenComparing(j -> j.judgement().decision().isEmpty()));
    var hotspots = new ArrayList<Hotspot>();
    for (var each : judged.subList(0, Math.min(limit, judged.size()))) {
      hotspots.add(each.hotspot("h" + (hotspots.size() + 1)));
    }
    return hotspots;
  }

  /// Shares within a tenth of each other rank alike, and those whose type is settled first:
  /// a profile does not tell them apart.
  private static long magnitude(double share) {
    return Math.round(Math.log(Math.max(share, 1e-12)) / Math.log(1.1));
  }

  private record Judged(Spot spot, Hotspot.Judgement judgement, String file, Hotspot.Cost cost) {
    /// Its share without a stretch that happened once.
    double usual(SampledTime sampled) {
      var lines = Statements.header(spot.statement());
      return cost.share() - sampled.stay(file, lines.first(), lines.last());
    }

    Hotspot hotspot(String id) {
      return new Hotspot(
          id,
          new Hotspot.Place(spot.function().qualifiedName(), file, spot.line(), spot.source()),
          cost,
          judgement);
    }
  }

  /// A profiled function with its statements; none where its source is not known.
  private record Read(FunctionProfile profile, Optional<Located> place, List<Spots> spots) {
    /// Its time without that of profiled callees, so that summed up no second counts twice.
    double own(ProfiledCallees callees) {
      return place.isEmpty()
          ? profile.seconds()
          : spots.stream().mapToDouble(s -> callees.own(s.spot())).sum();
    }
  }

  private static Read read(
      FunctionProfile profile,
      Sources sources,
      TargetMap target,
      CheckoutClasses classes,
      Callees callees) {
    var located = Located.of(profile, sources);
    return new Read(
        profile,
        located,
        located.map(l -> spots(profile, l.function(), target, classes, callees)).orElse(List.of()));
  }

  /// How often the root was called while hits were counted; 0 where it was not among them.
  private static long steps(Observed observed) {
    return observed.ranking().map(r -> r.root()).stream()
        .flatMap(
            root ->
                observed.lines().functions().stream()
                    .filter(f -> f.name().equals(root.function()) && f.file().equals(root.file())))
        .mapToLong(FunctionProfile::calls)
        .findFirst()
        .orElse(0);
  }

  private List<Judged> judged(
      Read read, Costing costing, SampledTime sampled, CountedFacts counted, long steps) {
    if (read.place().isEmpty()) {
      return List.of();
    }
    var place = read.place().get();
    var known = new ArrayList<Costly>();
    for (var each : read.spots()) {
      var lines = Statements.header(each.spot().statement());
      var measured = sampled.facts(read.profile().file(), lines.first(), lines.last());
      costing
          .of(each, read.profile(), measured)
          .ifPresent(
              cost ->
                  known.add(
                      new Costly(
                          each,
                          cost,
                          Knowledge.of(
                              each.spot(),
                              measured,
                              cost.share(),
                              sampled.holding(each.spot()),
                              counted))));
    }
    return known.stream()
        .map(
            k -> {
              var judgement = judge.judge(k.of().spot(), k.known(), k.beside(known));
              var scope = Scopes.counted(judgement.scope(), k.of().spot().hits(), steps);
              return new Judged(k.of().spot(), judgement.in(scope), place.file(), k.cost());
            })
        .toList();
  }

  /// A statement that costs, before it is judged.
  private record Costly(Spots of, Hotspot.Cost cost, Knowledge known) {
    /// What is known of the others that stand out, and not of this one.
    Set<Known> beside(List<Costly> all) {
      var beside = EnumSet.noneOf(Known.class);
      all.stream()
          .filter(o -> !o.equals(this) && o.of().standsOut())
          .forEach(o -> o.known().facts().forEach(f -> beside.add(f.known())));
      known.facts().forEach(f -> beside.remove(f.known()));
      return beside;
    }
  }

  /// Those of the function and, where a report counts the lines of functions within it, of these.
  private static List<Spots> spots(
      FunctionProfile profile,
      PythonFunction function,
      TargetMap target,
      CheckoutClasses classes,
      Callees callees) {
    return Stream.concat(Stream.of(function), function.nested().stream())
        .flatMap(f -> Spots.of(profile, f, target, classes, callees).stream())
        .toList();
  }
}
