package hostperf.run;

import hostperf.behaviour.Behaviour;
import hostperf.behaviour.BehaviourWords;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Locking;
import hostperf.journal.Change;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.measure.Evidence;
import hostperf.measure.Mode;
import hostperf.measure.Validation;
import hostperf.measure.Validator;
import hostperf.profile.Pass;
import hostperf.run.sampling.Measuring;
import hostperf.run.sampling.Taking;
import hostperf.verdict.Percent;
import hostperf.verdict.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// From the samples of a patch to what is to be done with it. The launches that compare what both
/// versions do are spent on an improvement alone, and so is a profile of the patched code, which is
/// taken where an option claimed something that it can show: where both versions took turns in one
/// launch, their own times say it.
final class Judging {
  /// The next round begins from this profile, so it has where time goes; facts, which need one
  /// launch more, are collected by `profile`.
  private static final Set<Pass> EXPLAINING = Set.of(Pass.SAMPLES, Pass.LINES);

  private final Checkout checkout;
  private final Profiles profiles;
  private final Run run;
  private final Measuring measuring;
  private final Configuration configuration;

  Judging(Checkout checkout, Profiles profiles, Run run, Measuring measuring) {
    this.checkout = checkout;
    this.profiles = profiles;
    this.run = run;
    this.measuring = measuring;
    this.configuration = Locking.configuration(checkout, run);
  }

  /// What came of it.
  sealed interface Outcome {
    /// @param profileId of the patched code; absent where none was taken
    record Judged(Validation validation, Optional<String> profileId) implements Outcome {}

    /// The samples are kept; calling again goes on from them.
    record CouldNot(String reason, List<String> missing) implements Outcome {}
  }

  Outcome judge(Change change, Taking.Result taken, Basis basis, Consumer<String> progress) {
    var strangers = measuring.strangers();
    var alone = validation(taken, basis.evidence(), strangers);
    if (alone.verdict() != Verdict.IMPROVED) {
      return new Outcome.Judged(alone, Optional.empty());
    }
    double gain = taken.question().looks(taken.samples()).getLast().estimate();
    Consumer<String> knowing =
        text -> progress.accept("improved by %s; now %s".formatted(Percent.percent(gain), text));
    var behaviour = new Behaving(checkout, run, configuration).of(change, basis.before(), knowing);
    var noticed = noticed(strangers, behaviour);
    // An option says how much of its hotspot goes, which only a profile of the new code shows.
    if (taken.way().mode() == Mode.SWAP || basis.option().isEmpty()) {
      return new Outcome.Judged(validation(taken, basis.evidence(), noticed), Optional.empty());
    }
    var explaining =
        new Profiles.Request("validate", EXPLAINING, basis.before().functions(), false, List.of());
    return switch (profiles.take(run, explaining, knowing)) {
      case Profiles.Result.Failed failed -> new Outcome.CouldNot(failed.reason(), failed.missing());
      case Profiles.Result.Profile(ProfileRecord after, _) ->
          new Outcome.Judged(
              validation(taken, basis.evidence(after), noticed), Optional.of(after.profileId()));
    };
  }

  private Validation validation(Taking.Result taken, Evidence evidence, List<String> noticed) {
    return new Validator(taken.question(), Ending.guards(configuration))
        .validate(taken.samples(), evidence, Validator.Tests.PASSED, noticed);
  }

  /// What a person decides about, however large the gain is.
  private static List<String> noticed(List<String> strangers, Behaviour behaviour) {
    var difference =
        behaviour
            .firstDifference()
            .map(d -> "The patched code behaves differently: %s.".formatted(BehaviourWords.of(d)));
    return Stream.concat(strangers.stream(), difference.stream()).toList();
  }
}
