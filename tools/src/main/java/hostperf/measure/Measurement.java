package hostperf.measure;

import hostperf.measure.Measured.Cause;
import hostperf.measure.Measured.Complete;
import hostperf.measure.Measured.Stopped;
import hostperf.measure.Schedule.Next;
import hostperf.verdict.Futility;
import hostperf.verdict.Plan;
import hostperf.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes the samples of base and candidate in pairs, as planned, one fresh launch each.
///
/// It can be killed at any moment: given the samples that were told to its log, it goes on with
/// the launch that is due, and no pair is lost or taken twice. Interrupting its thread ends it
/// after putting the files back; the launch under way is not counted.
public final class Measurement {
  /// Tries of one pair that others may disturb before a call gives up: who is there after three
  /// launches will be there for the next.
  private static final int DISTURBED_TRIES = 3;

  private final Question question;
  private final Launches launches;
  private final Swap swap;
  private final Log log;
  private final Quiet quiet;
  private final boolean endsEarly;

  /// @param quiet launches that are disturbed are void, and taken again within the budget until
  ///     all tries of a pair were
  public Measurement(Question question, Quiet quiet, Launches launches, Swap swap, Log log) {
    this(question, quiet, launches, swap, log, false);
  }

  private Measurement(
      Question question, Quiet quiet, Launches launches, Swap swap, Log log, boolean endsEarly) {
    this.endsEarly = endsEarly;
    this.question = question;
    this.quiet = quiet;
    this.launches = launches;
    this.swap = swap;
    this.log = log;
  }

  /// The same, which ends where its pairs say that more of them decide nothing.
  public Measurement endingEarly() {
    return new Measurement(question, quiet, launches, swap, log, true);
  }

  /// @param already the samples of this measurement that are in the journal, in their order
  public Measured run(List<Sample> already) {
    var samples = new ArrayList<Sample>(already);
    try {
      var code = new CodeWatch(swap);
      while (true) {
        switch (new Schedule(question.plan(), samples).next(due(samples))) {
          case Next.Done() -> {
            return new Complete(samples);
          }
          case Next.Lost(int pair) -> {
            return new Stopped(samples, Cause.PAIR_LOST, lost(pair, samples));
          }
          case Next.Launch(Slot slot) -> {
            var stopped =
                take(slot, samples, code)
                    .or(() -> tooBusy(samples, already.size()))
                    .or(() -> futile(samples, already.size()));
            if (stopped.isPresent()) {
              return stopped.get();
            }
          }
        }
      }
    } finally {
      swap.restore();
      log.step(new MeasurementEvent.Restored());
    }
  }

  private Optional<Measured> take(Slot slot, List<Sample> samples, CodeWatch code) {
    var obstacle = obstacle(samples);
    if (obstacle.isPresent()) {
      return obstacle;
    }
    log.step(new MeasurementEvent.Swapping(slot));
    // Also where the last launch ran the same side: each sample then starts without bytecode.
    swap.show(slot.side());
    Sample sample = code.launch(slot, launches, samples, log);
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of(interrupted(samples));
    }
    Optional<String> differs = Comparability.objection(sample, samples);
    samples.add(differs.isEmpty() ? undisturbed(sample) : voided(sample, differs, false));
    log.step(new MeasurementEvent.Took(samples.getLast()));
    return differs.map(reason -> new Stopped(samples, Cause.NOT_COMPARABLE, reason));
  }

  /// By the tries of this call alone: the next one finds another machine.
  private Optional<Measured> tooBusy(List<Sample> samples, int before) {
    int pair = samples.getLast().slot().pair();
    var tries =
        samples.subList(before, samples.size()).stream()
            .filter(sample -> sample.disturbed() && sample.slot().pair() == pair)
            .toList();
    return samples.getLast().disturbed() && tries.size() >= DISTURBED_TRIES
        ? Optional.of(new Stopped(samples, Cause.DISTURBED, quiet.tooBusy(pair, tries)))
        : Optional.empty();
  }

  /// By whole ABBAs, and at the earliest by those of this call: the next one finds another machine.
  private Optional<Measured> futile(List<Sample> samples, int before) {
    int pairs = Schedule.complete(samples).size();
    int earlier = Schedule.complete(samples.subList(0, before)).size();
    return endsEarly
            && samples.getLast().slot().pair() == pairs
            && pairs % 2 == 0
            && pairs - earlier >= Futility.LEAST
        ? question.futility(samples).map(reason -> new Stopped(samples, Cause.FUTILE, reason))
        : Optional.empty();
  }

  private Sample undisturbed(Sample sample) {
    var disturbance = quiet.disturbance(sample.launched());
    return sample.isTaken() && sample.slot().pair() != Slot.WARM_UP && disturbance.isPresent()
        ? voided(sample, disturbance, true)
        : sample;
  }

  private static Sample voided(Sample sample, Optional<String> why, boolean disturbed) {
    return new Sample(sample.slot(), sample.launched(), sample.code(), why, disturbed);
  }

  /// How many pairs are due by now: those until the first look, and while a look was open those
  /// until the next one that is planned.
  private int due(List<Sample> samples) {
    Plan plan = question.plan();
    var looks = question.looks(samples);
    int look = looks.size();
    if (look == 0) {
      return plan.pairs();
    }
    if (looks.getLast().verdict() != Verdict.INCONCLUSIVE || look == plan.looks()) {
      return plan.pairsAt(look);
    }
    if (samples.getLast().slot().pair() == plan.pairsAt(look)) {
      log.step(new MeasurementEvent.Extended(looks.getLast()));
    }
    return plan.pairsAt(look + 1);
  }

  private Optional<Measured> obstacle(List<Sample> samples) {
    if (Thread.currentThread().isInterrupted()) {
      return Optional.of(interrupted(samples));
    }
    double spent = samples.stream().mapToDouble(sample -> sample.launched().seconds()).sum();
    double next = samples.isEmpty() ? 0 : spent / samples.size();
    if (spent + next <= question.budget().toMillis() / 1000.0) {
      return Optional.empty();
    }
    String reason =
        "%d launches%s took %.0f s; one more would exceed the budget of %d s."
            .formatted(samples.size(), ofDisturbed(samples), spent, question.budget().toSeconds());
    return Optional.of(new Stopped(samples, Cause.OUT_OF_BUDGET, reason));
  }

  private static String ofDisturbed(List<Sample> samples) {
    long disturbed = samples.stream().filter(Sample::disturbed).count();
    return disturbed == 0 ? "" : ", %d of them disturbed by others,".formatted(disturbed);
  }

  private static Measured interrupted(List<Sample> samples) {
    return new Stopped(
        samples, Cause.INTERRUPTED, "Cancelled after %d launches.".formatted(samples.size()));
  }

  private static String lost(int pair, List<Sample> samples) {
    String last =
        samples.stream()
            .filter(sample -> sample.slot().pair() == pair)
            .flatMap(sample -> sample.objection().stream())
            .reduce((_, later) -> later)
            .orElseThrow();
    return "Pair %d gave no two samples in %d tries; the last: %s"
        .formatted(pair, Schedule.ATTEMPTS, last);
  }
}
