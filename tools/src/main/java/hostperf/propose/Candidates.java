package hostperf.propose;

import hostperf.catalog.Catalog;
import hostperf.catalog.Head;
import hostperf.catalog.Pattern;
import hostperf.classify.Hotspot;
import hostperf.classify.Scope;
import hostperf.propose.draft.Attempt;
import hostperf.propose.draft.Drafts;
import hostperf.propose.draft.Spot;
import hostperf.source.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Which patterns are worth naming at a hotspot, best first.
///
/// A pattern is, when it is for the hotspot's type or for one of `also` and its shape or its head's
/// cues are seen; also when its shape is there and no more, where the type is not sure or nothing
/// else fits.
final class Candidates {
  /// A draft outweighs everything, an own type an `also`, a seen fact a mere text.
  private static final int DRAFT = 100;

  /// The types that a pattern names first are those that it is for.
  private static final int FOREMOST = 2;

  private static final int SHAPE = 20;
  private static final int TYPE = 10;
  private static final int ALSO = 5;
  private static final int FACT = 6;
  private static final int TEXT = 2;

  /// A draft for another type than the hotspot's: an edit that does not address its cost, better
  /// than nothing.
  private static final int BESIDE = 1;

  private final Hotspot hotspot;
  private final Optional<Spot> spot;
  private final Map<String, Attempt> attempts;

  private Candidates(Hotspot hotspot, Optional<Spot> spot) {
    this.hotspot = hotspot;
    this.spot = spot;
    this.attempts = spot.map(Drafts::at).orElse(Map.of());
  }

  static List<Candidate> of(Hotspot hotspot, Optional<Spot> spot, Catalog catalog) {
    var candidates = new Candidates(hotspot, spot);
    var fitting = new ArrayList<Candidate>();
    for (var pattern : catalog.patterns()) {
      candidates.candidate(pattern).ifPresent(fitting::add);
    }
    fitting.sort(Comparator.comparingInt(Candidate::fit).reversed().thenComparing(Candidate::risk));
    var addressing = fitting.stream().filter(c -> c.fit() > BESIDE).toList();
    if (!addressing.isEmpty()) {
      return addressing;
    }
    return fitting.isEmpty() && spot.isEmpty() ? candidates.usual(catalog) : fitting;
  }

  /// What usually helps with the type, where the line cannot be read. Where it can and nothing
  /// speaks for a pattern, none is offered.
  private List<Candidate> usual(Catalog catalog) {
    return catalog.patterns().stream()
        .filter(p -> p.head().use() != Head.Use.PITFALL)
        .filter(p -> p.head().traits().types().indexOf(foremost()) == 0)
        .map(p -> new Candidate(p, Attempt.NO_MATCH, Candidate.UNSEEN))
        .limit(FOREMOST)
        .toList();
  }

  private Optional<Candidate> candidate(Pattern pattern) {
    if (pattern.head().use() == Head.Use.PITFALL) {
      return Optional.empty();
    }
    var attempt = attempts.getOrDefault(pattern.id(), Attempt.NO_MATCH);
    int type = typeFit(pattern);
    return switch (attempt) {
      case Attempt.Draft _ ->
          Optional.of(
              new Candidate(
                  pattern,
                  attempt,
                  type == 0 && hotspot.type().isPresent() ? BESIDE : DRAFT + type));
      case Attempt.Refused _ ->
          type == 0 ? Optional.empty() : Optional.of(new Candidate(pattern, attempt, SHAPE + type));
      case Attempt.NoMatch _ ->
          cueFit(pattern)
              .filter(_ -> isMeantFor(pattern))
              .map(cue -> new Candidate(pattern, attempt, type + cue));
    };
  }

  /// Words in a line say little. So a pattern that no draft speaks for has to name the hotspot's
  /// type; one of `also` only as what it is for in the first place; one whose shape was looked for
  /// and is not there, the hotspot's own type as its first or second; and one without a cue, which
  /// is a matter of the process rather than of a line, the own type as its first.
  private boolean isMeantFor(Pattern pattern) {
    var types = pattern.head().traits().types();
    int own = types.indexOf(foremost());
    var cue = pattern.head().cue();
    if (cue.text().isEmpty() && cue.facts().isEmpty()) {
      return own == 0;
    }
    if (own >= 0) {
      return pattern.head().use() != Head.Use.DRAFTED || spot.isEmpty() || own < FOREMOST;
    }
    return others().anyMatch(t -> types.indexOf(t) == 0);
  }

  /// Higher for a pattern that names the type early.
  private int typeFit(Pattern pattern) {
    var types = pattern.head().traits().types();
    int own = types.indexOf(foremost());
    if (own >= 0) {
      return TYPE - own;
    }
    return others().anyMatch(types::contains) ? ALSO : 0;
  }

  /// The type that is settled, else the one that engineers mostly went for on such lines.
  private String foremost() {
    return hotspot.types().stream().findFirst().map(Enum::name).orElse("");
  }

  /// The other types that facts permit.
  private Stream<String> others() {
    return hotspot.judgement().candidates().stream()
        .map(c -> c.type().name())
        .filter(t -> !t.equals(foremost()));
  }

  /// None where a cue is missing.
  private Optional<Integer> cueFit(Pattern pattern) {
    var cue = pattern.head().cue();
    var statement = spot.map(s -> headerText(s)).orElse(hotspot.place().source());
    if (cue.text().isPresent() && !cue.text().get().matcher(statement).find()) {
      return Optional.empty();
    }
    if (!cue.facts().stream().allMatch(this::holds)) {
      return Optional.empty();
    }
    return Optional.of(cue.facts().size() * FACT + (cue.text().isPresent() ? TEXT : 0));
  }

  /// The facts a head can name; `shape` is one that only a match of the draft's shape gives.
  private boolean holds(String fact) {
    return switch (fact) {
      case "in_loop" ->
          spot.filter(s -> !s.function().loopsAround(lastOf(s)).isEmpty()).isPresent();
      case "per_layer" -> hotspot.judgement().scope() == Scope.PER_LAYER;
      case "comprehension" ->
          spot.filter(s -> s.statement().find("for_in_clause").findAny().isPresent()).isPresent();
      default -> false;
    };
  }

  /// Some node inside the statement, so that a loop counts as running what its header holds.
  private static Node lastOf(Spot spot) {
    return spot.statement().is("for_statement", "while_statement")
        ? spot.statement().child("body").orElse(spot.statement())
        : spot.statement()
            .find("for_in_clause")
            .findFirst()
            .flatMap(Node::parent)
            .flatMap(c -> c.child("body"))
            .orElse(spot.statement());
  }

  private static String headerText(Spot spot) {
    var block = spot.statement().children().stream().filter(c -> c.is("block")).findFirst();
    int end = block.map(Node::start).orElse(spot.statement().end());
    return spot.file().text().substring(spot.statement().start(), end);
  }
}
