package hostperf.propose;

import hostperf.catalog.Catalog;
import hostperf.catalog.Pattern;
import hostperf.catalog.PatternHead;
import hostperf.classify.Hotspot;
import hostperf.patch.FileChange;
import hostperf.propose.Option.MustHold;
import hostperf.propose.Option.Seen;
import hostperf.propose.draft.Attempt;
import hostperf.propose.draft.DraftSite;
import hostperf.propose.draft.Drafts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A pattern that fits a hotspot: its edit is drafted, or facts of this code speak for it; and no
/// fact contradicts it.
///
/// @param speaking the facts that speak for it
record Fitting(Pattern pattern, Attempt attempt, List<Sight> speaking) {

  /// Those that fit, drafts first, then those that more facts speak for.
  static List<Fitting> of(
      Hotspot hotspot, Optional<DraftSite> site, List<Sight> sights, Catalog catalog) {
    var attempts = site.map(Drafts::at).orElse(Map.of());
    var fitting = new ArrayList<Fitting>();
    for (var pattern : catalog.patterns()) {
      if (isFor(pattern, hotspot) && !Sights.ruleOut(pattern, sights)) {
        var attempt = attempts.getOrDefault(pattern.id(), Attempt.NO_MATCH);
        var speaking = Sights.speaking(pattern, sights);
        boolean fits =
            switch (attempt) {
              case Attempt.Draft _ -> true;
              case Attempt.Refused r -> !r.contradicted() && speaking.isPresent();
              case Attempt.NoMatch _ -> speaking.isPresent();
            };
        if (fits) {
          fitting.add(new Fitting(pattern, attempt, speaking.orElse(List.of())));
        }
      }
    }
    fitting.sort(
        Comparator.comparing((Fitting f) -> !f.isDrafted())
            .thenComparingInt(f -> -f.speaking().size())
            .thenComparingInt(f -> isFirst(f.pattern(), hotspot) ? 0 : 1));
    return fitting;
  }

  /// It is for a type that is settled, else for one that facts permit; anything where none is.
  private static boolean isFor(Pattern pattern, Hotspot hotspot) {
    var types = hotspot.types().stream().map(Enum::name).toList();
    return pattern.head().use() != PatternHead.Use.PITFALL
        && (types.isEmpty() || pattern.head().traits().types().stream().anyMatch(types::contains));
  }

  private static boolean isFirst(Pattern pattern, Hotspot hotspot) {
    return hotspot.types().stream()
        .anyMatch(t -> pattern.head().traits().types().getFirst().equals(t.name()));
  }

  boolean isDrafted() {
    return attempt instanceof Attempt.Draft;
  }

  Option option(Estimate estimate, Optional<DraftSite> site) {
    var head = pattern.head();
    double most = attempt instanceof Attempt.Draft d ? d.saved().seconds() : Double.MAX_VALUE;
    return new Option(
        "",
        pattern.id(),
        pattern.title(),
        estimate.savings(head.saves(), most),
        new Option.Advice(
            description(), risk(), head.traits().complexity(), mustHold(), head.check()),
        site.flatMap(this::draft));
  }

  /// The pattern's; an edit that is yet to be written is never free of risk.
  private Risk risk() {
    var risk = Risk.valueOf(pattern.head().traits().risk().toUpperCase(Locale.ROOT));
    return risk == Risk.ZERO && !isDrafted() ? Risk.LOW : risk;
  }

  private Optional<Option.Draft> draft(DraftSite site) {
    return switch (attempt) {
      case Attempt.Draft d ->
          Optional.of(
              new Option.Draft(
                  List.of(new FileChange(site.file().path(), site.file().text(), d.after()))));
      case Attempt.Refused _, Attempt.NoMatch _ -> Optional.empty();
    };
  }

  /// What is known of this code; what the pattern is in general stands in its page.
  private String description() {
    var text = new StringBuilder();
    if (attempt instanceof Attempt.Draft d) {
      text.append(d.what()).append(' ');
    }
    speaking.forEach(s -> text.append(s.text()).append(". "));
    if (attempt instanceof Attempt.Refused r) {
      text.append("No draft: ").append(r.why()).append(". ");
    }
    return text.toString().strip();
  }

  private List<MustHold> mustHold() {
    return pattern.head().mustHold().entrySet().stream()
        .map(e -> new MustHold(e.getValue(), seen(e.getKey())))
        .toList();
  }

  private Seen seen(String fact) {
    return switch (attempt) {
      case Attempt.Draft d -> d.seen().contains(fact) ? Seen.SEEN : Seen.UNKNOWN;
      case Attempt.Refused r -> r.fact().equals(fact) ? Seen.NOT_SEEN : Seen.UNKNOWN;
      case Attempt.NoMatch _ -> Seen.UNKNOWN;
    };
  }
}
