package hostperf.run;

import hostperf.approval.Exhibit;
import hostperf.audit.Finding;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourWords;
import hostperf.classify.Hotspot;
import hostperf.journal.Change;
import hostperf.patch.Patch;
import hostperf.propose.Option;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What a person is shown before a patch is applied or kept: exactly what would be done, and why.
///
/// @param text all of it
record ApprovalText(String text, Exhibit exhibit) {
  /// About a screen: what stood above the diff is gone from it.
  private static final int LONG_DIFF = 20;

  /// Files; with more, the first line is cut by clients.
  private static final int MOST_NAMED = 4;

  /// @param findings of the audit; they stand again after a long diff, where the prompt is
  static ApprovalText of(
      Patch patch,
      String summary,
      Optional<Hotspot> hotspot,
      Optional<Option> option,
      List<Finding> findings) {
    // Only a proposed option has one.
    var risk = option.map(o -> risk(o) + " risk").orElse("risk not rated");
    var text =
        new StringBuilder(
            "Apply this patch? %s, %s, %s, commit message: %s\n\n"
                .formatted(size(patch), risk, flagged(findings), summary));
    var about =
        hotspot.map(h -> about(h, patch)).orElse("") + option.map(ApprovalText::about).orElse("");
    text.append(about).append(audit(findings)).append('\n').append(patch.diff());
    if (patch.diff().lines().count() > LONG_DIFF) {
      text.append("\nEnd of the diff.\n").append(audit(findings));
    }
    var remarks = findings.stream().map(ApprovalText::remark).toList();
    return new ApprovalText(
        text.toString(), new Exhibit(about.lines().toList(), remarks, patch.diff()));
  }

  private static Exhibit.Remark remark(Finding finding) {
    return new Exhibit.Remark(
        finding.file(),
        finding.line(),
        finding.side() == Finding.Side.REMOVED,
        "%s: %s".formatted(finding.what(), finding.suspicion().why()));
  }

  /// What a person is shown before a change is kept whose gain is suspicious.
  ///
  /// @param reason why it is
  /// @param behaviour whether it does the same as its base; absent where that was not looked at
  static ApprovalText ofKeeping(
      Change change, String reason, Optional<Behaviour> behaviour, String diff) {
    var said = behaviour.map(b -> "Behaviour: %s.\n".formatted(BehaviourWords.of(b))).orElse("");
    var text =
        """
    Keep %s, %s? %s, %s: %s

    %s
    %s
    %s\
    """
            .formatted(
                change.patchId(),
                behaviour.filter(b -> b.result() == Behaviour.Result.DIFFERENT).isPresent()
                    ? "which BEHAVES DIFFERENTLY"
                    : "whose gain is suspicious",
                files(change.code().files()),
                lines(change.code().lines()),
                change.summary(),
                reason,
                said,
                diff);
    var facts =
        Stream.of(
                Stream.of(reason),
                said.lines(),
                change.findings().stream().map(f -> "The audit flagged " + f))
            .flatMap(s -> s)
            .toList();
    return new ApprovalText(text, new Exhibit(facts, List.of(), diff));
  }

  private static String size(Patch patch) {
    return files(patch.files()) + ", " + lines(patch.lines());
  }

  private static String files(List<String> files) {
    return files.size() <= MOST_NAMED
        ? String.join(", ", files)
        : "%s and %d more files"
            .formatted(
                String.join(", ", files.subList(0, MOST_NAMED - 1)), files.size() - MOST_NAMED + 1);
  }

  private static String lines(int count) {
    return count == 1 ? "1 line" : count + " lines";
  }

  private static String risk(Option option) {
    return option.advice().risk().name().toLowerCase(Locale.ROOT);
  }

  private static String flagged(List<Finding> findings) {
    return findings.isEmpty()
        ? "the audit flags nothing"
        : "THE AUDIT FLAGS " + lines(findings.size()).toUpperCase(Locale.ROOT);
  }

  /// Nothing where there are none: the first line says so.
  private static String audit(List<Finding> findings) {
    if (findings.isEmpty()) {
      return "";
    }
    var text = new StringBuilder("The audit flags:\n");
    findings.forEach(f -> text.append("  ! ").append(oneLine(f.sentence())).append('\n'));
    return text.toString();
  }

  /// Only a diff may hold line ends of others, since each of its lines has its sign before it.
  private static String oneLine(String text) {
    return text.replaceAll("\\R+", " ");
  }

  private static String about(Hotspot hotspot, Patch patch) {
    var place = hotspot.place();
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Hotspot: %s%s at %s:%d in %s, %.1f%% of %s\n",
                hotspot.typeWords(),
                isOfAgent(hotspot) ? ", as the agent names it," : "",
                place.file(),
                place.line(),
                place.function(),
                hotspot.cost().share() * 100,
                hotspot.cost().ofWhat()));
    if (!ChangeOrigins.isIn(place, patch)) {
      text.append("  The patch changes no line of this function.\n");
    }
    hotspot.evidence().forEach(e -> text.append("  ").append(oneLine(e)).append('\n'));
    return text.toString();
  }

  private static boolean isOfAgent(Hotspot hotspot) {
    return hotspot
        .judgement()
        .decision()
        .filter(d -> d.by() == Hotspot.Decision.By.AGENT)
        .isPresent();
  }

  private static String about(Option option) {
    var text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "Option %s, %s: expected to save up to %.1f%% of %s%s\n",
                option.id(),
                option.pattern(),
                option.savings().share() * 100,
                option.savings().ofWhat(),
                option.draft().map(d -> ", drafted by the " + d.by()).orElse("")));
    option
        .advice()
        .mustHold()
        .forEach(
            m ->
                text.append("  must hold (")
                    .append(m.seen().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append("): ")
                    .append(oneLine(m.fact()))
                    .append('\n'));
    return text.toString();
  }
}
