package hostperf.report.run;

import hostperf.behaviour.Behaviour;
import hostperf.classify.Hotspot;
import hostperf.lines.SpentLine;
import hostperf.profile.Observed;
import hostperf.propose.Risk;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a run's report tells, as plain values; whoever keeps the journal fills it in.
///
/// @param time where it went before the first patch; absent where nothing was profiled
/// @param calls those of its steps, as `ProfilePage` shows them; absent where none were kept
/// @param rounds in their order
public record RunStory(
    Facts facts, Optional<Observed> time, Optional<String> calls, List<Round> rounds, End end) {
  public RunStory {
    rounds = List.copyOf(rounds);
  }

  /// What was fixed when the run began.
  ///
  /// @param goal in the user's words; may be empty
  public record Facts(String runId, String goal, String branch, Instant began) {}

  /// One round, whatever became of it.
  ///
  /// @param number from 1; a second attempt in the same round has the same number
  /// @param why why it was rolled back, beside the verdict's own reason; may be empty
  public record Round(
      int number,
      Optional<Hotspot> hotspot,
      Optional<Work> work,
      Optional<Trial> trial,
      Fate fate,
      String why) {
    /// The change cost an attempt and is not in the result.
    public boolean isFailed() {
      return fate == Fate.ROLLED_BACK;
    }
  }

  /// What became of a round.
  public enum Fate {
    KEPT,
    ROLLED_BACK,
    HELD,
    /// Not decided yet.
    OPEN
  }

  /// The change that was tried.
  ///
  /// @param title the option's title, or the patch's summary
  /// @param pattern the catalogue's id; empty where the agent wrote the patch
  /// @param diff unified
  /// @param commit where it was kept, or under which ref it can still be found
  public record Work(
      String title,
      String pattern,
      Optional<Risk> risk,
      List<String> mustHold,
      String diff,
      Optional<String> commit) {
    public Work {
      mustHold = List.copyOf(mustHold);
    }
  }

  /// How it was tried.
  ///
  /// @param behaviour whether the patch does the same as its base; absent where nobody looked
  /// @param change as it was judged; absent where it did not come to that (a test failed before)
  public record Trial(
      Optional<Tests> tests, Optional<Behaviour> behaviour, Optional<JudgedChange> change) {}

  /// @param known how many of those that failed fail on the base too
  /// @param newFailures that pass on the base
  public record Tests(
      int passed,
      int failed,
      int skipped,
      int known,
      List<String> newFailures,
      List<String> flaky) {
    public Tests {
      newFailures = List.copyOf(newFailures);
      flaky = List.copyOf(flaky);
    }
  }

  /// Where the run stands at its end.
  ///
  /// @param overall the original base against the final tree, measured anew
  /// @param remaining hotspots of the code as it is now
  /// @param notes what was refused or allowed on the way, in order
  /// @param setting environment and commands
  public record End(
      Optional<JudgedChange> overall,
      Remaining remaining,
      List<String> recommendations,
      List<String> notes,
      Setting setting) {
    public End {
      notes = List.copyOf(notes);
      recommendations = List.copyOf(recommendations);
    }
  }

  /// @param profile the latest one; absent where nothing was profiled
  /// @param kept how many patches were kept since, which it does not show
  /// @param looked whether it was classified
  /// @param shown the most costly ones first
  /// @param all how many there are
  /// @param lines where the time is in the latest profile, if it was not classified and is not the
  ///     first, whose lines are told
  public record Remaining(
      Optional<String> profile,
      int kept,
      boolean looked,
      List<Hotspot> shown,
      int all,
      List<SpentLine> lines) {
    public Remaining {
      shown = List.copyOf(shown);
      lines = List.copyOf(lines);
    }

    /// What the shares of its lines are of.
    String ofWhat() {
      return shown.isEmpty() ? "the root's time" : shown.getFirst().cost().ofWhat();
    }

    private String age() {
      return switch (kept) {
        case 0 -> "";
        case 1 -> " which is of the code before the last kept patch,";
        default -> " which is of the code before the last %d kept patches,".formatted(kept);
      };
    }

    /// What there is to say before or instead of a table.
    String words() {
      if (profile.isEmpty()) {
        return "Not looked for: no profile of this run was kept.";
      }
      var from = "The latest profile, %s,%s".formatted(profile.get(), age());
      if (!looked) {
        return from
            + (lines.isEmpty()
                ? " was not classified."
                : " was not classified. Its most expensive lines:");
      }
      if (shown.isEmpty()) {
        return from + " has none.";
      }
      return all > shown.size()
          ? "%s has %d; the %d most expensive:".formatted(from, all, shown.size())
          : "%s has %d:".formatted(from, all);
    }
  }

  /// @param environment field by field, in the order to be shown
  /// @param commands that rerun it, in order, each with what it does
  /// @param distortion profiled over unprofiled step time, where both are known
  public record Setting(
      Map<String, String> environment, List<Rerun> commands, Optional<Double> distortion) {
    public Setting {
      environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
      commands = List.copyOf(commands);
    }
  }

  public record Rerun(String what, String command) {}
}
