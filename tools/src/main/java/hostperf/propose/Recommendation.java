package hostperf.propose;

import hostperf.propose.Option.MustHold;
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
          .thenComparing(o -> o.savings().seconds(), Comparator.reverseOrder());

  /// How much of an estimate counts: a draft is a change that exists, while an edit that is yet to
  /// be written has often a fact in its way; a fact that does not hold makes it worthless; medium
  /// risk has to save a lot more than low.
  private static double worth(Option option) {
    double worth = option.savings().seconds();
    worth *= option.draft().isPresent() ? 1.0 : 0.35;
    worth *=
        switch (option.advice().risk()) {
          case ZERO -> 1.0;
          case LOW -> 0.8;
          case MEDIUM -> 0.35;
          case HIGH -> 0.1;
        };
    return has(option, Seen.NOT_SEEN) ? worth * 0.1 : worth;
  }

  private Recommendation() {}

  static Proposal among(List<Option> options, Optional<String> leaving) {
    var ranked =
        options.stream()
            .sorted(Comparator.comparingDouble(Recommendation::worth).reversed())
            .toList();
    var best =
        leaving.isPresent()
            ? options.stream().filter(o -> o.pattern().equals(LeaveIt.PATTERN)).findFirst()
            : Optional.<Option>empty();
    var chosen = best.orElse(ranked.getFirst());
    var next = ranked.stream().filter(o -> !o.equals(chosen)).findFirst();
    var reasoning =
        leaving.map(why -> "Leave it: " + why + ".").orElseGet(() -> reasoning(chosen, next));
    return new Proposal(options, chosen.id(), reasoning);
  }

  private static String reasoning(Option chosen, Optional<Option> next) {
    var text = new StringBuilder();
    text.append(
        "%s (%s) %s %s, at %s risk"
            .formatted(
                chosen.id(),
                chosen.title(),
                isOpen(chosen)
                    ? "is for lines of this kind; whether it fits here is not seen. It saves up to"
                    : "is estimated to save",
                seconds(chosen),
                word(chosen.advice().risk())));
    text.append(chosen.draft().isPresent() ? ", and its edit is drafted." : "; the edit is yours.");
    next.ifPresent(n -> text.append(" ").append(against(chosen, n)));
    var open = chosen.advice().mustHold().stream().filter(m -> m.seen() == Seen.UNKNOWN).toList();
    if (!open.isEmpty()) {
      text.append(" Check first: ").append(open.getFirst().fact()).append('.');
    }
    if (open.stream()
        .map(MustHold::fact)
        .anyMatch(f -> f.contains("measure") || f.contains("faster here"))) {
      text.append(" Context decides here: measure both ways.");
    }
    return text.toString();
  }

  private static String against(Option chosen, Option next) {
    var id = next.id() + " (" + next.title() + ")";
    if (next.pattern().equals(LeaveIt.PATTERN)) {
      return "Leaving the line saves nothing.";
    }
    if (has(next, Seen.NOT_SEEN) && !has(chosen, Seen.NOT_SEEN)) {
      return "%s needs a fact that was not seen.".formatted(id);
    }
    if (next.advice().risk().compareTo(chosen.advice().risk()) > 0) {
      return "%s would save %s at %s risk."
          .formatted(id, seconds(next), word(next.advice().risk()));
    }
    if (next.draft().isEmpty() && chosen.draft().isPresent()) {
      return "%s would save %s, and has no draft.".formatted(id, seconds(next));
    }
    return "%s would save %s.".formatted(id, seconds(next));
  }

  /// No edit is drafted, and none of the facts that it needs was seen to hold.
  private static boolean isOpen(Option option) {
    return option.draft().isEmpty()
        && !option.advice().mustHold().isEmpty()
        && !has(option, Seen.SEEN);
  }

  private static boolean has(Option option, Seen seen) {
    return option.advice().mustHold().stream().anyMatch(m -> m.seen() == seen);
  }

  private static String seconds(Option option) {
    return String.format(
        Locale.ROOT,
        "%.3g s (%.1f%% of %s)",
        option.savings().seconds(),
        option.savings().share() * 100,
        option.savings().ofWhat());
  }

  private static String word(Risk risk) {
    return risk.name().toLowerCase(Locale.ROOT);
  }
}
