package hostperf.run;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.HotspotType;
import hostperf.journal.Round;
import hostperf.journal.Run;
import hostperf.journal.Stage;
import hostperf.journal.Stored;
import hostperf.propose.Option;
import hostperf.propose.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Whether going on is worth it, and why (not).
///
/// @param reasons what was found; when `stop` is false, what speaks for going on
public record Stopping(boolean stop, List<String> reasons) {
  /// Below this gain over the last two rounds the published method stops.
  private static final double WORTHWHILE = 0.05;

  public Stopping {
    reasons = List.copyOf(reasons);
  }

  /// Ruling from the journal and the latest analysis.
  public static Stopping of(Run run, Stored stored) {
    if (run.stage() instanceof Stage.Finished) {
      return new Stopping(true, List.of("the run is finished"));
    }
    if (run.openChange().isPresent()) {
      return new Stopping(
          false, List.of(run.openChange().get().patchId() + " is not decided on yet"));
    }
    var reasons = new ArrayList<String>();
    if (run.decided() >= run.setup().maxRounds()) {
      reasons.add("all %d rounds are used".formatted(run.setup().maxRounds()));
    }
    lowGain(run).ifPresent(reasons::add);
    untested(run).ifPresent(reasons::add);
    run.currentProfile().ifPresent(id -> reasons.addAll(nothingLeft(stored, id)));
    return reasons.isEmpty()
        ? new Stopping(false, List.of(used(run)))
        : new Stopping(true, reasons);
  }

  static String used(Run run) {
    int open = run.rounds().size() - run.decided();
    return "%d of %d rounds are used%s"
        .formatted(
            run.decided(),
            run.setup().maxRounds(),
            open == 0 ? "" : " (%d inconclusive, not counted)".formatted(open));
  }

  private static Optional<String> lowGain(Run run) {
    var ruling = run.rounds().stream().filter(r -> r.ruling().isPresent()).toList();
    if (ruling.size() < 2) {
      return Optional.empty();
    }
    double gain =
        ruling.subList(ruling.size() - 2, ruling.size()).stream()
            .filter(Round::isKept)
            .mapToDouble(r -> r.ruling().orElseThrow().gain())
            .sum();
    return gain < WORTHWHILE
        ? Optional.of(
            String.format(Locale.ROOT, "the last two rounds gained %.1f%%, under 5%%", gain * 100))
        : Optional.empty();
  }

  private static Optional<String> untested(Run run) {
    var last = run.rounds().reversed().stream().limit(2).toList();
    boolean allFail =
        last.size() == 2
            && last.stream().allMatch(r -> r.tests().map(t -> !t.passes()).orElse(false));
    return allFail ? Optional.of("the last two patches failed their tests") : Optional.empty();
  }

  private static List<String> nothingLeft(Stored stored, String profileId) {
    var targets =
        stored.hotspots(profileId).stream().filter(h -> h.judgement().isTarget()).toList();
    if (targets.isEmpty()) {
      return List.of();
    }
    if (targets.stream().allMatch(Stopping::isCompute)) {
      return List.of("only COMPUTE is left");
    }
    var proposals =
        targets.stream().map(Hotspot::id).map(id -> stored.proposal(profileId, id)).toList();
    boolean allSeen = proposals.stream().allMatch(Optional::isPresent);
    return allSeen
            && proposals.stream()
                .flatMap(p -> p.orElseThrow().options().stream())
                .allMatch(Stopping::isHighRisk)
        ? List.of("only options of high risk are left")
        : List.of();
  }

  /// Seen to be, not merely of no other type.
  private static boolean isCompute(Hotspot hotspot) {
    return hotspot.type().filter(t -> t == HotspotType.COMPUTE).isPresent();
  }

  private static boolean isHighRisk(Option option) {
    return option.advice().risk() == Risk.HIGH;
  }
}
