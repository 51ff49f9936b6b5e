package hostperf.run;

import hostperf.behaviour.Around;
import hostperf.behaviour.Behaviour;
import hostperf.behaviour.Behaviour.LeftOut;
import hostperf.behaviour.BehaviourPass;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.job.Jobs;
import hostperf.journal.Change;
import hostperf.journal.Changes;
import hostperf.journal.Event;
import hostperf.journal.ProfileRecord;
import hostperf.journal.Run;
import hostperf.journal.Stored;
import hostperf.patch.FileChange;
import hostperf.profile.Launcher;
import hostperf.run.sampling.Measuring;
import hostperf.run.sampling.ProfiledModules;
import hostperf.source.Callees;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Compares what a patch and its base do, once a patch, and keeps the answer.
final class Behaving {
  private final Checkout checkout;
  private final Run run;
  private final Configuration configuration;

  Behaving(Checkout checkout, Run run, Configuration configuration) {
    this.checkout = checkout;
    this.run = run;
    this.configuration = configuration;
  }

  /// @param before the profile of the analysis that the patch rests on: it says who calls whom
  Behaviour of(Change change, ProfileRecord before, Consumer<String> progress) {
    var stored = new Stored(checkout.runs().folder(run.id()));
    return stored
        .behaviour(change.patchId())
        .orElseGet(
            () -> {
              var behaviour = compared(change, before, progress);
              if (Thread.currentThread().isInterrupted()) {
                throw Jobs.cancelled("validate");
              }
              var _ = stored.save(change.patchId(), behaviour);
              return behaviour;
            });
  }

  private Behaviour compared(Change change, ProfileRecord before, Consumer<String> progress) {
    var sources = checkout.sources();
    var changes = Changes.of(checkout.repository(), change);
    var paths = changes.stream().map(FileChange::path).toList();
    var around =
        Around.of(
            changes,
            sources,
            before.observed().ranking(),
            new Callees(ProfiledModules.of(sources, paths, before)));
    var launcher =
        new Launcher(
            checkout.executor(configuration).workload(progress),
            checkout.runs().folder(run.id()).path(),
            System.getenv());
    var swap = Measuring.swap(checkout, run, configuration, change.code().checkpoint());
    var shown =
        new BehaviourPass.Shown() {
          @Override
          public <T> T base(Supplier<T> launch) {
            swap.base();
            return launch.get();
          }

          @Override
          public <T> T candidate(Supplier<T> launch) {
            swap.candidate();
            return launch.get();
          }
        };
    try {
      return new BehaviourPass(
              launcher, configuration.workload(), around, configuration.varies(), varied())
          .compare(shown, Launcher.suffix(run.rounds().size(), "behaviour"), progress);
    } finally {
      swap.restore();
      checkout.runs().journal(run.id()).append(new Event.SwapEnded());
    }
  }

  /// What earlier rounds saw to differ between launches of the same code.
  private Set<String> varied() {
    var stored = new Stored(checkout.runs().folder(run.id()));
    return run.rounds().stream()
        .flatMap(r -> stored.behaviour(r.change().patchId()).stream())
        .flatMap(b -> b.leftOut().stream())
        .filter(l -> l.why() == LeftOut.Why.VARIES)
        .map(LeftOut::what)
        .collect(Collectors.toSet());
  }
}
