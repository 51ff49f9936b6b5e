package hostperf.propose;

import hostperf.propose.Option.Seen;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which option to take, and why rather than the next best.
final class Recommendation {
  /// Zero risk first, then what saves more.
  static final Comparator<Option> ORDER =
      Comparator.comparing((Option o) -> o.advice().risk())
          .thenComparing(o -> o.savings().share(), Comparator.reverseOrder());

  /// How much of an estimate counts: medium risk has to save a lot more than low.
  private static double worth(Option option) {
    return option.savings().share()
        * switch (option.advice().risk()) {
          case ZERO -> 1.0;
          case LOW -> 0.8;
          case MEDIUM -> 0.35;
          case HIGH -> 0.1;
        };
  }

  private Recommendation() {}

  static Proposal among(List<Option> options, Optional<String> leaving) {
    var chosen =
        leaving.isPresent()
            ? options.stream().filter(Option::changesNothing).findFirst().orElseThrow()
            : options.stream()
                .min(
                    Comparator.comparing((Option o) -> o.draft().isEmpty())
                        .thenComparing(WriteYourOwn::isOne)
                        .thenComparingDouble(o -> -worth(o)))
                .orElseThrow();
    var next =
        options.stream()
            .filter(o -> !o.equals(chosen) && !WriteYourOwn.isOne(o))
            .max(Comparator.comparingDouble(Recommendation::worth));
    var reasoning =
        leaving.map(why -> "Leave it: " + why + ".").orElseGet(() -> reasoning(chosen, next));
    return new Proposal(options, chosen.id(), reasoning, Optional.empty());
  }

  private static String reasoning(Option chosen, Optional<Option> next) {
    if (WriteYourOwn.isOne(chosen)) {
      return "No pattern of the catalogue fits what is seen here. The line takes %s; the rows below say what its function is tied to."
          .formatted(saving(chosen));
    }
    var text = new StringBuilder();
    text.append(
        "%s (%s) saves up to %s, at %s risk"
            .formatted(chosen.id(), chosen.title(), saving(chosen), word(chosen.advice().risk())));
    text.append(
        chosen.draft().isPresent() ? ", and its edit is drafted." : "; you write the edit.");
    next.ifPresent(n -> text.append(" ").append(against(chosen, n)));
    chosen.advice().mustHold().stream()
        .filter(m -> m.seen() != Seen.SEEN)
        .findFirst()
        .ifPresent(m -> text.append(" Check first: ").append(m.fact()).append('.'));
    return text.toString();
  }

  private static String against(Option chosen, Option next) {
    var id = next.id() + " (" + next.title() + ")";
    if (next.advice().risk().compareTo(chosen.advice().risk()) > 0) {
      return "%s would save up to %s at %s risk."
          .formatted(id, saving(next), word(next.advice().risk()));
    }
    if (next.draft().isEmpty() && chosen.draft().isPresent()) {
      return "%s would save up to %s, and has no draft.".formatted(id, saving(next));
    }
    return "%s would save up to %s.".formatted(id, saving(next));
  }

  private static String saving(Option option) {
    double seconds = option.savings().seconds();
    if (seconds == 0) {
      return "%.1f%% of %s".formatted(option.savings().share() * 100, option.savings().ofWhat());
    }
    return String.format(
        Locale.ROOT,
        seconds < 1 ? "%.1f ms %s (%.1f%% of %s)" : "%.2f s %s (%.1f%% of %s)",
        seconds < 1 ? 1e3 * seconds : seconds,
        option.savings().isOwn() ? "of its own time" : "under the line profiler",
        option.savings().share() * 100,
        option.savings().ofWhat());
  }

  private static String word(Risk risk) {
    return risk.name().toLowerCase(Locale.ROOT);
  }
}
