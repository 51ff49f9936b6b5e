package hostperf.propose;

import hostperf.classify.Hotspot;
import hostperf.classify.facts.Fact;
import hostperf.classify.facts.Known;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The option to change nothing, and when it is the right one.
final class LeaveIt {
  static final String PATTERN = "leave-it";

  /// What is known of a line that is a call and no more.
  private static final Set<Known> ONLY_A_CALL =
      EnumSet.of(Known.PROGRAM_CALL, Known.CALL_ALONE, Known.TESTS, Known.IN_LOOP, Known.SLOW_HIT);

  /// Microseconds: ten times the most that a plain Python call was measured at, see the table of
  /// times per hit in hotspot-classification.md.
  private static final double MOST_OF_A_CALL = 30;

  private LeaveIt() {}

  /// Why the line should be left alone; empty where something is worth trying.
  ///
  /// @param callee the function of the checkout that the line calls
  static Optional<String> reason(Hotspot hotspot, Optional<String> callee, Estimate.Floor floor) {
    switch (hotspot.judgement().mark()) {
      case WAITS -> {
        return Optional.of(
            "the host waits for the device here on purpose, so the time is not its own");
      }
      case DEVICE -> {
        return Optional.of("the device works here, so no host work can be saved");
      }
      case TARGET -> {}
    }
    if (callee.isPresent() && isInsideTheCallee(hotspot)) {
      return Optional.of(
          "a call costs about a microsecond at most, so the time is spent inside `%s`: judge its own lines"
              .formatted(callee.get()));
    }
    return hotspot.cost().share() < floor.share()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "the whole line is %.2f%% of %s, less than a measurement can show",
                hotspot.cost().share() * 100,
                hotspot.cost().ofWhat()))
        : Optional.empty();
  }

  /// A call that nothing else is known of, and that takes far longer than calling does.
  private static boolean isInsideTheCallee(Hotspot hotspot) {
    return hotspot.type().isEmpty()
        && hotspot.judgement().facts().stream().map(Fact::known).allMatch(ONLY_A_CALL::contains)
        && hotspot.judgement().facts().stream().anyMatch(f -> f.known() == Known.PROGRAM_CALL)
        && hotspot.cost().microsPerHit() > MOST_OF_A_CALL;
  }

  static Option option(String because, Hotspot hotspot) {
    return new Option(
        "",
        PATTERN,
        "Leave it",
        new Option.Savings(0, 0, hotspot.cost().whole().map(Hotspot.Whole::root)),
        new Option.Advice(
            "Changes nothing: " + because + ".",
            Risk.ZERO,
            "trivial",
            List.of(),
            "Nothing to check; go on with the next hotspot."),
        Optional.empty());
  }
}
