package hostperf.propose;

import hostperf.catalog.Catalog;
import hostperf.catalog.EngineLogger;
import hostperf.classify.Hotspot;
import hostperf.fact.Facts;
import hostperf.fact.FactsByLine;
import hostperf.fact.LineFact;
import hostperf.lines.FunctionProfile;
import hostperf.lines.LineProfile;
import hostperf.profile.Observed;
import hostperf.propose.draft.DraftSite;
import hostperf.source.Sources;
import hostperf.source.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says what can be done about a hotspot: at most three options.
///
/// An option is a pattern of the catalogue that fits: its edit is drafted, or facts of this code
/// speak for it, and none contradicts it. It never saves more than the hotspot costs, and what
/// would save too little to be measured is left out. Where no edit is drafted, to write one's
/// own is an option too, with what a writer needs. To leave the line alone is one, and the
/// recommended one, where the line waits on purpose or costs too little.
public final class Proposer {
  private static final int MOST = 3;

  private final List<EngineLogger> loggers;

  /// @param loggers that engines have of their own
  public Proposer(List<EngineLogger> loggers) {
    this.loggers = List.copyOf(loggers);
  }

  /// @param observed the profile that the hotspot comes from
  /// @param sources the checkout; where the file is not in it, there are no drafts
  public Proposal propose(Hotspot hotspot, Observed observed, Sources sources, Catalog catalog) {
    var place = hotspot.place();
    var site =
        sources.file(place.file()).flatMap(f -> DraftSite.at(sources, loggers, f, place.line()));
    var around = new Neighbourhood(sources, observed);
    var estimate = estimate(hotspot, site, observed);
    var sights = Sights.of(hotspot, site, around);
    var options = new ArrayList<Option>();
    for (var fitting : Fitting.of(hotspot, site, sights, catalog)) {
      var option = fitting.option(estimate, site);
      if (option.savings().share() >= Estimate.Floor.STANDARD.share()) {
        options.add(option);
      }
    }
    var leaving = LeaveIt.reason(hotspot, site.flatMap(around::callee), Estimate.Floor.STANDARD);
    boolean drafted = options.stream().anyMatch(o -> o.draft().isPresent());
    int room = leaving.isPresent() || !drafted ? MOST - 1 : MOST;
    options.subList(Math.min(options.size(), room), options.size()).clear();
    if (leaving.isPresent()) {
      options.add(LeaveIt.option(leaving.get(), hotspot));
    } else if (!drafted) {
      options.add(WriteYourOwn.option(hotspot, sights));
    }
    options.sort(Recommendation.ORDER);
    var proposal = Recommendation.among(lettered(options), leaving);
    return site.isPresent() && proposal.recommendedOption().draft().isEmpty()
        ? proposal.with(around.context(site.get()))
        : proposal;
  }

  private static Estimate estimate(Hotspot hotspot, Optional<DraftSite> site, Observed observed) {
    boolean inLoop = site.filter(s -> s.function().loopsAround(s.statement()).isEmpty()).isEmpty();
    return new Estimate(
        hotspot.cost(),
        collected(hotspot.place(), site, observed.facts()),
        calls(hotspot, observed.lines()),
        inLoop);
  }

  private static double collected(Hotspot.Place place, Optional<DraftSite> site, Facts facts) {
    var lines =
        site.map(s -> Statements.header(s.statement()))
            .orElse(new Statements.Lines(place.line(), place.line()));
    return new FactsByLine(facts)
        .within(place.file(), lines.first(), lines.last()).lines().stream()
            .filter(fact -> fact.kind() == LineFact.Kind.GC_PAUSE)
            .mapToDouble(fact -> facts.counted().share(fact).orElse(1.0))
            .sum();
  }

  private static List<Option> lettered(List<Option> options) {
    var lettered = new ArrayList<Option>();
    for (var o : options) {
      var id = String.valueOf((char) ('A' + lettered.size()));
      lettered.add(new Option(id, o.pattern(), o.title(), o.savings(), o.advice(), o.draft()));
    }
    return lettered;
  }

  /// How often the hotspot's function was called; at least once.
  private static long calls(Hotspot hotspot, LineProfile profile) {
    return profile.functions().stream()
        .filter(f -> f.lines().stream().anyMatch(l -> l.line() == hotspot.place().line()))
        .filter(f -> isFile(hotspot.place().file(), f.file()))
        .mapToLong(FunctionProfile::calls)
        .max()
        .orElse(1);
  }

  private static boolean isFile(String relative, String reported) {
    return reported.endsWith(relative) || relative.endsWith(reported);
  }
}
