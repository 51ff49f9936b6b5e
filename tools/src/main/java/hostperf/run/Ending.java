package hostperf.run;

import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Run;
import hostperf.journal.Stage;
import hostperf.journal.Stored;
import hostperf.journal.ValidationRecord;
import hostperf.measure.Evidence;
import hostperf.measure.Floor;
import hostperf.measure.Measured;
import hostperf.measure.Validator;
import hostperf.run.sampling.MeasurementStopped;
import hostperf.run.sampling.Measuring;
import hostperf.verdict.Family;
import hostperf.verdict.Guard;
import hostperf.verdict.Quantity;
import hostperf.verdict.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The end of a run: the original base against the final tree, measured anew, since the sum of
/// rounds that were chosen for having won flatters.
public final class Ending {
  /// Name of the measurement in the journal and of its file.
  public static final String NAME = "final";

  private final Checkout checkout;

  public Ending(Checkout checkout) {
    this.checkout = checkout;
  }

  /// What came of it.
  public sealed interface Ended {
    /// @param record absent where no round was kept, so there is nothing to measure
    record Known(Optional<ValidationRecord> record) implements Ended {}

    record CouldNot(String reason) implements Ended {}
  }

  /// What was measured of the code as it is now.
  public Optional<ValidationRecord> known(Run run) {
    return new Stored(checkout.runs().folder(run.id())).findValidation(name(run));
  }

  private static String name(Run run) {
    return NAME + "-" + run.tip().substring(0, 10);
  }

  /// Measures once; later calls answer from the run's folder as long as the code is the same.
  public Ended measure(Run run, Consumer<String> progress) {
    if (RollingBack.kept(run).isEmpty() || run.openChange().isPresent()) {
      return new Ended.Known(Optional.empty());
    }
    var name = name(run);
    var known = known(run);
    if (known.isPresent() || run.stage() instanceof Stage.Finished) {
      return new Ended.Known(known);
    }
    var configuration = Locking.configuration(checkout, run);
    try {
      return measure(run, name, configuration, progress);
    } catch (MeasurementStopped stopped) {
      return new Ended.CouldNot(String.valueOf(stopped.getMessage()));
    }
  }

  private Ended measure(
      Run run, String name, Configuration configuration, Consumer<String> progress) {
    var measuring = new Measuring(checkout, run, configuration, progress);
    if (!(measuring.floor() instanceof Floor.Known floor)) {
      return new Ended.CouldNot("The machine is too unsteady for a verdict.");
    }
    var plan = measuring.fewest();
    var rule = new Rule(measuring.minEffect(), floor.size(), plan.alpha(1), Family.ALONE);
    var question = measuring.question(rule, plan);
    var base = run.setup().base().commit();
    progress.accept("measuring the original base against the final tree");
    var measured = measuring.measure(name, question, base);
    if (measured instanceof Measured.Stopped stopped) {
      return new Ended.CouldNot(stopped.reason());
    }
    var validation =
        new Validator(question, guards(configuration))
            .validate(
                measured.samples(), Evidence.NONE, Validator.Tests.PASSED, measuring.strangers());
    var record =
        new ValidationRecord(
            validation,
            Optional.of(question.looks(measured.samples()).getLast()),
            measured.samples(),
            floor.size(),
            "",
            ValidationRecord.Way.LAUNCHES);
    var _ = new Stored(checkout.runs().folder(run.id())).save(name, record);
    return new Ended.Known(Optional.of(record));
  }

  static List<Guard> guards(Configuration configuration) {
    return configuration.workload().metrics().stream()
        .filter(m -> !m.primary())
        .flatMap(
            m ->
                Quantity.at(configuration.points(), m).stream()
                    .map(q -> new Guard(q, m.tolerance())))
        .toList();
  }
}
