package hostperf.propose;

import hostperf.catalog.Catalog;
import hostperf.catalog.EngineLogger;
import hostperf.classify.Hotspot;
import hostperf.profile.FunctionProfile;
import hostperf.profile.LineProfile;
import hostperf.propose.draft.Spot;
import hostperf.source.Sources;
import java.util.ArrayList;
import java.util.List;

/// Says what can be done about a hotspot: up to four options from the catalogue.
///
/// What fits the code at hand comes before what fits the type; zero risk before low. An option
/// never saves more than the hotspot costs. Leaving the line alone is one of the options where
/// little else fits, and the recommended one where the line waits on purpose, where nothing
/// fits, or where the most that could be saved is too little to be measured.
public final class Proposer {
  /// Fewer would be no choice, more would be no help.
  private static final int FEWEST = 2;

  private static final int MOST = 4;

  private final List<EngineLogger> loggers;

  /// @param loggers that engines have of their own
  public Proposer(List<EngineLogger> loggers) {
    this.loggers = List.copyOf(loggers);
  }

  /// @param profile the profile the hotspot comes from
  /// @param sources the checkout; where the file is not in it, options have no drafts
  public Proposal propose(Hotspot hotspot, LineProfile profile, Sources sources, Catalog catalog) {
    var place = hotspot.place();
    var spot = sources.file(place.file()).flatMap(f -> Spot.at(sources, loggers, f, place.line()));
    boolean inLoop = spot.filter(s -> s.function().loopsAround(s.statement()).isEmpty()).isEmpty();
    var estimate = new Estimate(hotspot.cost(), calls(hotspot, profile), inLoop);
    var candidates = Candidates.of(hotspot, spot, catalog);
    var options = new ArrayList<Option>();
    for (var candidate : candidates.subList(0, Math.min(MOST, candidates.size()))) {
      options.add(candidate.option(estimate, spot));
    }
    boolean seen = candidates.stream().anyMatch(Candidate::isSeen);
    var leaving = LeaveIt.reason(hotspot, seen ? options : List.of(), Estimate.Floor.STANDARD);
    if (leaving.isPresent() || options.size() < FEWEST) {
      options.subList(Math.min(options.size(), MOST - 1), options.size()).clear();
      options.add(LeaveIt.option(leaving, hotspot));
    }
    options.sort(Recommendation.ORDER);
    return Recommendation.among(lettered(options), leaving);
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
