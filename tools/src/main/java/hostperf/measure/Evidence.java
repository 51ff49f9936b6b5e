package hostperf.measure;

import hostperf.classify.Hotspot;
import hostperf.propose.Option;
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

  /// How many times as much a call must cost, set against functions that the patch does not touch,
  /// before a profile alone rejects a change. Far above the scatter above: the screen saves
  /// launches where a patch made matters plainly worse, and decides nothing else.
  private static final double PLAINLY = 2;

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
  List<String> suspicions(Quantity metric, Interval gain, List<Sample> samples) {
    double saved = Gain.timeSaved(metric.better(), gain.low());
    return Stream.of(
            limits.bounds().stream().flatMap(bound -> exceeded(bound, saved).stream()),
            mechanism().stream(),
            part.flatMap(p -> Following.suspicion(metric, gain, samples, p)).stream(),
            Matches.suspicions(samples).stream())
        .flatMap(suspicion -> suspicion)
        .toList();
  }

  /// A cheap look before launches are spent on it: why the change cannot be an improvement. It can
  /// only reject.
  Optional<String> screenedOut() {
    return pace.flatMap(
        meanwhile ->
            hotspot
                .filter(spot -> isPlainlyWorse(spot, meanwhile))
                .flatMap(
                    spot ->
                        function
                            .filter(whole -> isPlainlyWorse(whole, meanwhile))
                            .map(whole -> screened(spot, whole, meanwhile))));
  }

  private static boolean isPlainlyWorse(SpotChange change, Pace pace) {
    return change.factor() > PLAINLY * pace.factor();
  }

  private static String screened(SpotChange spot, SpotChange whole, Pace pace) {
    return "Not measured: in the profile of the patched code the hotspot costs %s times as much per call of its function as before, and the whole function %s times, while what the patch does not touch (%s) costs %s times as much."
        .formatted(times(spot.factor()), times(whole.factor()), names(pace), times(pace.factor()));
  }

  private Optional<String> mechanism() {
    double meanwhile = pace.map(Pace::factor).orElse(1.0);
    return hotspot
        .filter(spot -> 1 - spot.factor() / meanwhile < ABOUT * claimedFall)
        .map(
            spot ->
                "The mechanism does not show: the hotspot's time per call changed by %s%s, %s less was claimed."
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

  private static String names(Pace pace) {
    var names = pace.functions().stream().limit(3).map("`%s`"::formatted).toList();
    int more = pace.functions().size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  private static String times(double factor) {
    return Percent.factor(factor);
  }
}
