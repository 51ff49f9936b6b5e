package hostperf.run;

import hostperf.classify.Hotspot;
import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.journal.Changes;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.measure.Evidence;
import hostperf.measure.touched.Pace;
import hostperf.measure.touched.SpotChange;
import hostperf.measure.touched.StepCounts;
import hostperf.measure.touched.TouchedCode;
import hostperf.patch.FileChange;
import hostperf.propose.Option;
import hostperf.verdict.GainBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was known of a patch before it was measured.
///
/// @param before the profile of the analysis that the patch rests on
/// @param isOfBase whether that is of the code that was patched: of older code, lines moved since
/// @param exposedShare of the step, in which the device waited for the host, where a trace gave it
record Basis(
    ProfileRecord before,
    boolean isOfBase,
    Optional<Hotspot> hotspot,
    Optional<Option> option,
    List<FileChange> changes,
    Optional<Double> exposedShare) {
  Basis {
    changes = List.copyOf(changes);
  }

  static Basis of(Checkout checkout, Run run, Change change) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    var origin = change.origin();
    return new Basis(
        stored.profile(origin.profileId().or(run::lastProfile).orElseThrow()),
        origin.profileId().isPresent(),
        stored.target(origin),
        stored.option(origin),
        Changes.of(checkout.repository(), change),
        run.setup().handoff().flatMap(Handoff::exposedShare));
  }

  /// What can be said beside the samples, without a profile of the patched code.
  Evidence evidence() {
    return evidence(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /// And with one.
  Evidence evidence(ProfileRecord after) {
    var place = hotspot.map(Hotspot::place);
    var steps =
        before
            .observed()
            .ranking()
            .flatMap(r -> StepCounts.of(r.root(), before.lines(), after.lines()));
    var function =
        place.flatMap(
            p -> steps.flatMap(s -> SpotChange.ofFunction(p, before.lines(), after.lines(), s)));
    return evidence(
        place.flatMap(
            p ->
                steps.flatMap(
                    s -> SpotChange.ofLine(p, changes, before.lines(), after.lines(), s))),
        function,
        Pace.of(
            changes,
            before.lines(),
            after.lines(),
            function.map(f -> f.before().seconds()).orElse(0.0)));
  }

  private Evidence evidence(
      Optional<SpotChange> spot, Optional<SpotChange> function, Optional<Pace> pace) {
    return new Evidence(
        spot,
        function,
        hotspot.flatMap(h -> option.map(o -> Evidence.claim(o, h))).orElse(0.0),
        limits(),
        pace,
        before.figures().part());
  }

  private Evidence.Limits limits() {
    var bounds = new ArrayList<GainBound>();
    exposedShare.map(GainBound::ofExposedHost).ifPresent(bounds::add);
    if (!isOfBase || before.lines().functions().isEmpty()) {
      return new Evidence.Limits(bounds, List.of());
    }
    var touched = TouchedCode.of(changes, before.lines());
    touched
        .bound(before.lines(), before.figures().distortion())
        // Where the time of the touched code is not known, the hotspot stands for what was meant.
        .or(() -> hotspot.map(this::bound))
        .ifPresent(bounds::add);
    return new Evidence.Limits(bounds, touched.unknown());
  }

  private GainBound bound(Hotspot spot) {
    double most = GainBound.most(spot.cost().seconds(), before.lines());
    return GainBound.ofHotspot(most, before.figures().distortion());
  }
}
