package hostperf.run;

import hostperf.measure.Decision;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the launches of a measurement did to the checkout, added to its verdict. Files that the
/// launches before the patch did not leave can be what a later launch was fast by: a person looks
/// at such a gain.
record LaunchNotes(List<Sample> samples, List<String> left) {
  private static final int MOST_NAMED = 5;

  Validation added(Validation verdict) {
    var warnings = new ArrayList<>(verdict.warnings());
    samples.stream()
        .flatMap(
            s -> s.voided().map(why -> "%s does not count. %s".formatted(label(s), why)).stream())
        .limit(MOST_NAMED)
        .forEach(warnings::add);
    var suspicion =
        left.isEmpty()
            ? Optional.<String>empty()
            : Optional.of(
                "Launches with the patch left files that none before it had: %s."
                    .formatted(TestedCode.words(left)));
    suspicion.ifPresent(warnings::add);
    boolean isHeld = suspicion.isPresent() && verdict.decision() == Decision.KEEP;
    return new Validation(
        verdict.verdict(),
        isHeld ? Decision.HOLD : verdict.decision(),
        verdict.hotspot(),
        verdict.function(),
        verdict.metrics(),
        verdict.points(),
        verdict.outputs(),
        verdict.samples(),
        isHeld ? verdict.reason() + " Suspicious: " + suspicion.get() : verdict.reason(),
        warnings);
  }

  private static String label(Sample sample) {
    return "Launch " + sample.slot().label();
  }
}
