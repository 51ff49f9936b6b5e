package hostperf.measure;

import hostperf.classify.Hotspot;
import hostperf.profile.Better;
import hostperf.propose.Option;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the profiled runs say about a change. It explains and can raise suspicion; it never
/// makes a change count as improved.
///
/// @param hotspot absent where it could not be matched in both profiles
/// @param function the one that the hotspot stands in
/// @param claimedFall the share of the hotspot's cost that the option said would go, 0 to 1
/// @param bounds what the gain cannot exceed
public record Evidence(
    Optional<SpotChange> hotspot,
    Optional<SpotChange> function,
    double claimedFall,
    List<Bound> bounds) {
  /// A hotspot "fell about as claimed" when at least this part of the claim shows in the profile:
  /// single profiled launches scatter by up to 19%, and drafts of options are estimates.
  private static final double ABOUT = 0.5;

  /// What a place must have become dearer by before a profile alone rejects a change: the scatter
  /// above.
  private static final double DEARER = 0.2;

  public Evidence {
    bounds = List.copyOf(bounds);
  }

  /// What an option claims to take off its hotspot.
  public static double claim(Option option, Hotspot hotspot) {
    double cost = hotspot.cost().seconds();
    return cost == 0 ? 0 : Math.clamp(option.savings().seconds() / cost, 0, 1);
  }

  /// Why an improvement is not to be believed without a person's look. Empty when all is well.
  List<String> suspicions(Better better, Interval gain) {
    return Stream.concat(
            bounds.stream().flatMap(bound -> exceeded(bound, better, gain).stream()),
            mechanism().stream())
        .toList();
  }

  /// A cheap look before launches are spent on it: why the change cannot be an improvement. It can
  /// only reject.
  Optional<String> screenedOut() {
    return hotspot
        .filter(Evidence::isDearer)
        .flatMap(
            spot ->
                function
                    .filter(Evidence::isDearer)
                    .map(
                        whole ->
                            "Not measured: in the profile both the hotspot (%s a call) and its function (%s) cost more than before."
                                .formatted(text(spot), text(whole))));
  }

  private static boolean isDearer(SpotChange change) {
    return -change.fell() > DEARER;
  }

  private Optional<String> mechanism() {
    return hotspot
        .filter(spot -> spot.fell() < ABOUT * claimedFall)
        .map(
            spot ->
                "The mechanism does not show: the hotspot's time per call changed by %s, %s less was claimed."
                    .formatted(text(spot), Percent.percent(claimedFall)));
  }

  private static Optional<String> exceeded(Bound bound, Better better, Interval gain) {
    double saved = Gain.timeSaved(better, gain.low());
    return saved > bound.share()
        ? Optional.of(
            "At least %s of the time went, more than %s (%s)."
                .formatted(Percent.percent(saved), bound.what(), Percent.percent(bound.share())))
        : Optional.empty();
  }

  private static String text(SpotChange change) {
    return Percent.signed(-change.fell());
  }
}
