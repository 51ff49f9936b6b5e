package hostperf.measure;

import java.util.Optional;

/// One launch in its place in the plan. All are kept on record; only those that are taken count.
///
/// @param code digest of the editable files outside the patch, as the launch saw them
/// @param voided why the launch does not count although it may have run well
/// @param disturbed whether that is what others did on the machine
public record Sample(
    Slot slot, Launched launched, String code, Optional<String> voided, boolean disturbed) {
  public Sample(Slot slot, Launched launched, String code, Optional<String> voided) {
    this(slot, launched, code, voided, false);
  }

  /// It ran, and nothing speaks against it.
  public boolean isTaken() {
    return launched.failure().isEmpty() && voided.isEmpty();
  }

  /// Why it does not count.
  public Optional<String> objection() {
    return launched.failure().or(() -> voided);
  }
}
