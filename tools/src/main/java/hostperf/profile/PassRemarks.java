package hostperf.profile;

import hostperf.stacks.Ranking;
import hostperf.stacks.Root;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the passes could not see, or what stands out in how they went, in sentences.
final class PassRemarks {
  /// What is held up for less is said at its line alone.
  private static final double WORTH_SAYING = 0.03;

  private PassRemarks() {}

  static List<String> ended(Pass pass, Launch launch) {
    return launch.finished().succeeded()
        ? List.of()
        : List.of(
            "The launch of the pass `%s` ended early (it %s), so it shows only a part: see %s."
                .formatted(
                    pass.name().toLowerCase(Locale.ROOT),
                    EndWords.of(launch.finished()),
                    launch.log()));
  }

  static List<String> few(Optional<Ranking> ranking) {
    return ranking
        .filter(r -> !r.hasEnough())
        .map(
            r ->
                "Only %d samples were taken in %s, too few to rank by: let the workload run longer."
                    .formatted(r.samples(), r.root().function()))
        .stream()
        .toList();
  }

  static List<String> uncompared(Optional<Ranking> ranking) {
    return ranking
        .filter(r -> r.uncompared() > 0)
        .map(
            r ->
                "%d of the processes that ran %s have too few samples to be compared with the others."
                    .formatted(r.uncompared(), r.root().function()))
        .stream()
        .toList();
  }

  static Optional<String> heldUp(Ranking ranking) {
    return ranking.stays().stream()
        .filter(stay -> stay.share() >= WORTH_SAYING)
        .findFirst()
        .map(
            stay ->
                String.format(
                    Locale.ROOT,
                    "%.0f ms of samples in a row, %.1f%% of the root's time, are at line %d of %s:"
                        + " one call took that long, or something held the process up there; the"
                        + " line's share says little of its other calls.",
                    1e3 * stay.seconds(),
                    100 * stay.share(),
                    stay.at().line(),
                    stay.at().function()));
  }

  static List<String> notFound(Optional<String> named, Optional<Ranking> ranking) {
    return ranking
        .map(Ranking::root)
        .filter(root -> named.isPresent() && root.how() != Root.How.CONFIGURED)
        .map(
            root ->
                "No sample was taken in %s, the requested root; the root is %s instead."
                    .formatted(named.get(), root.function()))
        .stream()
        .toList();
  }

  static List<String> timing(ProfileSession.Result lines) {
    return lines.launch().profile().map(Launch.ProfileFiles::timing).orElse(List.of());
  }

  /// Why the line profiler saw nothing; nothing where it saw something.
  static List<String> missing(ProfileSession.Result lines) {
    if (!lines.report().functions().isEmpty()) {
      return List.of();
    }
    var reasons =
        lines.launch().profile().stream()
            .flatMap(files -> files.targets().stream())
            .map(Launch.TargetNote::remark)
            .filter(reason -> !reason.isEmpty())
            .distinct()
            .toList();
    return List.of(
        "The pass `lines` left no report, so there are no hits%s."
            .formatted(reasons.isEmpty() ? "" : ": " + String.join("; ", reasons)));
  }
}
