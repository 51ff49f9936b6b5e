package hostperf.run;

import hostperf.classify.Hotspot;
import hostperf.propose.Option;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a person is shown before a patch is applied: exactly what would be applied, and why.
final class ApprovalText {
  private ApprovalText() {}

  static String of(
      String summary,
      Optional<Hotspot> hotspot,
      Optional<Option> option,
      List<String> findings,
      String diff) {
    var text = new StringBuilder("Apply this patch? " + summary + "\n");
    hotspot.ifPresent(h -> text.append(about(h)));
    option.ifPresent(o -> text.append(about(o)));
    if (findings.isEmpty()) {
      text.append("The audit found nothing suspicious.\n");
    } else {
      text.append("The audit flags:\n");
      findings.forEach(f -> text.append("  ! ").append(f).append('\n'));
    }
    return text + "\n" + diff;
  }

  private static String about(Hotspot hotspot) {
    var place = hotspot.place();
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Hotspot: %s at %s:%d in %s, %.1f%% of the profiled time\n",
                hotspot.type(),
                place.file(),
                place.line(),
                place.function(),
                hotspot.cost().share() * 100));
    hotspot
        .judgement()
        .because()
        .evidence()
        .forEach(e -> text.append("  because ").append(e).append('\n'));
    return text.toString();
  }

  private static String about(Option option) {
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Option %s, %s: expected to save up to %.1f%% of the profiled time, risk %s%s\n",
                option.id(),
                option.pattern(),
                option.savings().share() * 100,
                option.advice().risk().name().toLowerCase(Locale.ROOT),
                option.draft().map(d -> ", drafted by the " + d.by()).orElse("")));
    option
        .advice()
        .mustHold()
        .forEach(
            m ->
                text.append("  must hold (")
                    .append(m.seen().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append("): ")
                    .append(m.fact())
                    .append('\n'));
    return text.toString();
  }
}
