package hostperf.report;

import hostperf.behaviour.Behaviour;
import hostperf.classify.Hotspot;
import hostperf.measure.MetricChange;
import hostperf.measure.Quantity;
import hostperf.measure.Sample;
import hostperf.measure.Validation;
import hostperf.profile.Observed;
import hostperf.profile.SpentLine;
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
/// @param rounds in their order, round 0 (the baseline) first
public record RunStory(
    Facts facts, Optional<Observed> time, Optional<String> calls, List<Round> rounds, End end) {
  public RunStory {
    rounds = List.copyOf(rounds);
  }

  /// What was fixed when the run began.
  ///
  /// @param goal in the user's words; may be empty
  public record Facts(
      String runId,
      String goal,
      String branch,
      String baseCommit,
      Quantity metric,
      Instant began) {}

  /// One round, whatever became of it.
  ///
  /// @param number 0 is the baseline; a second attempt in the same round has the same number
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
    BASELINE,
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
  /// @param validation absent where it did not come to that (a test failed before)
  /// @param behaviour whether the patch does the same as its base; absent where nobody looked
  /// @param p of no change, of the look that decided; absent where the profile alone rejected it
  /// @param samples every launch of this round, dropped ones too
  public record Trial(
      Optional<Tests> tests,
      Optional<Behaviour> behaviour,
      Optional<Validation> validation,
      Optional<Double> p,
      List<Sample> samples) {
    public Trial {
      samples = List.copyOf(samples);
    }
  }

  /// @param newFailures that pass on the base
  public record Tests(
      int passed, int failed, int skipped, List<String> newFailures, List<String> flaky) {
    public Tests {
      newFailures = List.copyOf(newFailures);
      flaky = List.copyOf(flaky);
    }
  }

  /// Where the run stands at its end.
  ///
  /// @param summary one paragraph
  /// @param overall the original base against the final tree, measured anew
  /// @param remaining hotspots of the code as it is now
  /// @param notes what was refused or allowed on the way, in order
  /// @param setting environment and commands
  public record End(
      String summary,
      Optional<Overall> overall,
      Remaining remaining,
      List<String> recommendations,
      List<String> notes,
      Setting setting) {
    public End {
      notes = List.copyOf(notes);
      recommendations = List.copyOf(recommendations);
    }
  }

  /// @param looked whether the latest profile was classified
  /// @param shown the most costly ones first
  /// @param all how many there are
  /// @param lines where the time is in the latest profile, if it was not classified
  public record Remaining(boolean looked, List<Hotspot> shown, int all, List<SpentLine> lines) {
    public Remaining {
      shown = List.copyOf(shown);
      lines = List.copyOf(lines);
    }

    /// What there is to say before or instead of a table.
    String words() {
      if (!looked) {
        return lines.isEmpty()
            ? "Not looked for: the code as it is now was not profiled and classified."
            : "The latest profile was not classified. Its most expensive lines:";
      }
      return all > shown.size()
          ? "The %d most costly of %d.".formatted(shown.size(), all)
          : shown.isEmpty() ? "None in the latest profile." : "";
    }
  }

  /// @param samples every launch that it took, dropped ones too
  public record Overall(Validation validation, List<Sample> samples) {
    public Overall {
      samples = List.copyOf(samples);
    }

    /// The primary metric's.
    MetricChange change() {
      return validation.metrics().getFirst();
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
