package hostperf.run.sampling;

import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.journal.ValidationRecord;
import hostperf.measure.Mode;
import hostperf.patch.FileChange;
import hostperf.verdict.Family;
import java.util.List;
import java.util.function.Consumer;

/// Takes the samples of a patch: by swap where that is wanted and the patch is fit for it, else by
/// launches.
public final class Sampling {
  private final BySwap bySwap;
  private final ByLaunches byLaunches;
  private final Consumer<String> progress;

  public Sampling(
      Checkout checkout,
      Run run,
      Configuration configuration,
      Measuring measuring,
      Consumer<String> progress) {
    this.bySwap = new BySwap(checkout, configuration, measuring);
    this.byLaunches = new ByLaunches(configuration, measuring, progress);
    this.progress = progress;
  }

  /// What is measured.
  ///
  /// @param before the profile that the patch rests on
  /// @param family earlier tries at the same place
  public record Patch(
      Change change, List<FileChange> changes, ProfileRecord before, Family family) {
    public Patch {
      changes = List.copyOf(changes);
    }
  }

  /// @param wanted whose mode may be `auto`
  public Taking take(Patch patch, ValidationRecord.Way wanted) {
    if (wanted.mode() == Mode.LAUNCHES) {
      return byLaunches.take(patch, wanted);
    }
    var taking = bySwap.take(patch, wanted);
    if (!(taking instanceof Taking.Unfit(String reason)) || wanted.mode() == Mode.SWAP) {
      return taking;
    }
    var why = "Not by swap: %s.".formatted(reason);
    progress.accept(why);
    return byLaunches.take(
        patch, new ValidationRecord.Way(Mode.LAUNCHES, why, wanted.more(), wanted.tier()));
  }

  /// Goes on in the way that it began.
  public Taking more(Patch patch, ValidationRecord.Way way) {
    var further = new ValidationRecord.Way(way.mode(), way.why(), way.more() + 1, way.tier());
    return way.mode() == Mode.SWAP ? bySwap.take(patch, further) : byLaunches.take(patch, further);
  }
}
