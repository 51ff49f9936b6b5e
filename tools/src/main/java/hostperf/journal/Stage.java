package hostperf.journal;

import static hostperf.journal.Move.APPLY;
import static hostperf.journal.Move.CLASSIFY;
import static hostperf.journal.Move.FINISH;
import static hostperf.journal.Move.PROFILE;
import static hostperf.journal.Move.PROPOSE;
import static hostperf.journal.Move.REPORT;
import static hostperf.journal.Move.ROLL_BACK;
import static hostperf.journal.Move.TEST;
import static hostperf.journal.Move.VALIDATE;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Where a run stands. Each stage holds what it produced, so that nothing has to be asked twice.
public sealed interface Stage {

  /// Nothing has been looked at yet.
  record Started() implements Stage {}

  /// There is a profile of the code as it is.
  record Profiled(String profileId) implements Stage {}

  /// Its hotspots are known.
  record Analyzed(String profileId) implements Stage {}

  /// A patch is being applied: announced, not yet confirmed.
  record Applying(Change change) implements Stage {}

  /// A patch is in the checkout, untested.
  record Patched(Change change) implements Stage {}

  /// The patch's tests have run.
  record Tested(Change change, TestSummary tests) implements Stage {}

  /// The patch has been judged.
  record Validated(Change change, Ruling ruling) implements Stage {}

  /// A rollback was announced, not yet confirmed.
  record RollingBack(Change change, String reason) implements Stage {}

  /// The patch is out again; what was known of the code before it holds again.
  record RolledBack(Change change) implements Stage {}

  /// The original branch is checked out again.
  record Finished() implements Stage {}

  /// The moves that make sense from here. A report can be had at any time.
  default Set<Move> moves() {
    return switch (this) {
      case Started _ -> EnumSet.of(PROFILE, REPORT, FINISH);
      case Profiled _ -> EnumSet.of(CLASSIFY, APPLY, PROFILE, REPORT, FINISH);
      case Analyzed _, RolledBack _ ->
          EnumSet.of(PROPOSE, APPLY, PROFILE, CLASSIFY, REPORT, FINISH);
      case Applying _, RollingBack _ -> EnumSet.of(ROLL_BACK, REPORT);
      case Patched _ -> EnumSet.of(TEST, ROLL_BACK, REPORT);
      case Tested tested ->
          tested.tests().passes()
              ? EnumSet.of(VALIDATE, TEST, ROLL_BACK, REPORT)
              : EnumSet.of(ROLL_BACK, TEST, REPORT);
      case Validated validated ->
          switch (validated.ruling().decision()) {
            case KEEP -> EnumSet.of(CLASSIFY, APPLY, PROFILE, REPORT, FINISH, VALIDATE);
            case ROLL_BACK -> EnumSet.of(ROLL_BACK, REPORT, VALIDATE);
            case MEASURE_MORE -> EnumSet.of(VALIDATE, ROLL_BACK, REPORT);
            case HOLD -> EnumSet.of(VALIDATE, ROLL_BACK, REPORT);
          };
      case Finished _ -> EnumSet.of(REPORT);
    };
  }

  /// The stage's name as `status` shows it.
  default String label() {
    return getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
