package hostperf.measure;

import hostperf.verdict.Plan;

/// How much a validation may spend before it says where it stands. Eight pairs are the fewest of
/// even number that can pass at the first look's part of the error; ten find a gain of twice the
/// launch-to-launch noise nine times in ten, and ten more the rest.
public enum Tier {
  QUICK,
  CONFIRM;

  public Plan plan() {
    return switch (this) {
      case QUICK -> new Plan(1, 8, 8, 1);
      case CONFIRM -> new Plan(1, 10, 10, 2);
    };
  }

  /// Of launches that hold both versions: a pair of them, mirrored, gives many pairs of blocks.
  /// Large effects show in the first pair; the third look is the one that it is made for.
  ///
  /// @param compared whether a launch of the base alone is needed to compare outputs with
  public Plan swapped(boolean compared) {
    int warmUps = compared ? 1 : 0;
    return switch (this) {
      case QUICK -> new Plan(warmUps, 1, 1, 3, 3);
      case CONFIRM -> new Plan(warmUps, 2, 2, 3, 3);
    };
  }
}
