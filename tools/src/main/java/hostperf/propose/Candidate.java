package hostperf.propose;

import hostperf.catalog.Pattern;
import hostperf.patch.FileChange;
import hostperf.propose.Option.MustHold;
import hostperf.propose.Option.Seen;
import hostperf.propose.draft.Attempt;
import hostperf.propose.draft.Spot;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A pattern that could help at a hotspot, with what became of drafting it.
///
/// @param fit how well it fits what is seen; greater is better
record Candidate(Pattern pattern, Attempt attempt, int fit) {
  /// Nothing at the line speaks for it; it is for the type, and no more is known.
  static final int UNSEEN = 0;

  boolean isSeen() {
    return fit > UNSEEN;
  }

  /// The pattern's; an edit that is yet to be written is never free of risk.
  Risk risk() {
    var risk = Risk.valueOf(pattern.head().traits().risk().toUpperCase(Locale.ROOT));
    return risk == Risk.ZERO && !(attempt instanceof Attempt.Draft) ? Risk.LOW : risk;
  }

  Option option(Estimate estimate, Optional<Spot> spot) {
    return new Option(
        "",
        pattern.id(),
        pattern.title(),
        estimate.savings(pattern.head().saves()),
        new Option.Advice(
            description(),
            risk(),
            pattern.head().traits().complexity(),
            mustHold(),
            pattern.head().check()),
        spot.flatMap(this::draft));
  }

  private Optional<Option.Draft> draft(Spot spot) {
    return switch (attempt) {
      case Attempt.Draft d ->
          Optional.of(
              new Option.Draft(
                  List.of(new FileChange(spot.file().path(), spot.file().text(), d.after()))));
      case Attempt.Refused _, Attempt.NoMatch _ -> Optional.empty();
    };
  }

  private String description() {
    return switch (attempt) {
      case Attempt.Draft d -> d.what() + " " + pattern.summary();
      case Attempt.Refused r -> pattern.summary() + " No draft: " + r.why() + ".";
      case Attempt.NoMatch _ -> pattern.summary();
    };
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
