package hostperf.measure;

import hostperf.classify.Hotspot;
import hostperf.measure.touched.Pace;
import hostperf.measure.touched.SpotChange;
import hostperf.propose.Option;
import hostperf.verdict.Gain;
import hostperf.verdict.GainBound;
import hostperf.verdict.Interval;
import hostperf.verdict.Percent;
import hostperf.verdict.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is known of a change beside its samples, most of it from profiled launches. It explains and
/// can raise suspicion; it never makes a change count as improved.
///
/// @param hotspot absent where it could not be matched in both profiles
/// @param function the one that the hotspot stands in
/// @param claimedFall the share of the hotspot's cost that the option said would go, 0 to 1
/// @param limits what the gain cannot exceed
/// @param pace what the machine did between the two profiles; absent where nothing tells
/// @param part of a launch that the primary metric speaks of; absent where it is not known
public record Evidence(
    Optional<SpotChange> hotspot,
    Optional<SpotChange> function,
    double claimedFall,
    Limits limits,
    Optional<Pace> pace,
    Optional<MeasuredPart> part) {
  /// Nothing is known.
  public static final Evidence NONE =
      new Evidence(
          Optional.empty(), Optional.empty(), 0, Limits.NONE, Optional.empty(), Optional.empty());

  /// The same for launches that held both versions, which take as long whichever is faster.
  Evidence ofSwap() {
    return new Evidence(hotspot, function, claimedFall, limits, pace, Optional.empty());
  }

  /// A hotspot "fell about as claimed" when at least this part of the claim shows in the profile:
  /// single profiled launches scatter by up to 19%, and drafts of options are estimates.
  private static final double ABOUT = 0.5;

  /// @param bounds what the gain cannot exceed
  /// @param unknown what the patch touches and no profile has a time for
  public record Limits(List<GainBound> bounds, List<String> unknown) {
    public static final Limits NONE = new Limits(List.of(), List.of());

    public Limits {
      bounds = List.copyOf(bounds);
      unknown = List.copyOf(unknown);
    }
  }

  /// What an option claims to take off its hotspot.
  public static double claim(Option option, Hotspot hotspot) {
    double cost = hotspot.cost().share();
    return cost == 0 ? 0 : Math.clamp(option.savings().share() / cost, 0, 1);
  }

  /// Why an improvement is not to be believed without a person's look. Empty when all is well.
  public List<String> suspicions(Quantity metric, Interval gain, List<Sample> samples) {
    double saved = Gain.timeSaved(metric.better(), gain.low());
    return Stream.of(
            limits.bounds().stream().flatMap(bound -> exceeded(bound, saved).stream()),
            mechanism().stream(),
            part.flatMap(p -> Following.suspicion(metric, gain, samples, p)).stream(),
            Matches.suspicions(samples).stream())
        .flatMap(suspicion -> suspicion)
        .toList();
  }

  private Optional<String> mechanism() {
    double meanwhile = pace.map(Pace::factor).orElse(1.0);
    return hotspot
        .filter(spot -> 1 - spot.factor() / meanwhile < ABOUT * claimedFall)
        .map(
            spot ->
                "The mechanism does not show: the hotspot's time per step changed by %s%s, %s less was claimed."
                    .formatted(
                        Percent.signed(spot.factor() - 1),
                        pace.map(
                                p ->
                                    " (code that the patch does not touch: %s)"
                                        .formatted(Percent.signed(p.factor() - 1)))
                            .orElse(""),
                        Percent.percent(claimedFall)));
  }

  private static Optional<String> exceeded(GainBound bound, double saved) {
    return saved > bound.share()
        ? Optional.of(
            "At least %s of the time went, more than %s (%s)."
                .formatted(Percent.percent(saved), bound.what(), Percent.percent(bound.share())))
        : Optional.empty();
  }
}
