package hostperf.repository;

import hostperf.Refusal;
import hostperf.repository.Intent.RefMove;
import hostperf.repository.Intent.Scope;
import hostperf.repository.Recovered.Outcome;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Performs intents, all or nothing, and brings crashed ones to an end.
final class Mover {
  private final CheckoutPaths checkout;
  private final Objects objects;
  private final Committer committer;
  private final Consumer<String> steps;

  /// @param steps is told each step as it is done; tests end the process there
  Mover(CheckoutPaths checkout, Objects objects, Committer committer, Consumer<String> steps) {
    this.checkout = checkout;
    this.objects = objects;
    this.committer = committer;
    this.steps = steps;
  }

  void perform(Intent intent) {
    IntentRules.require(intent);
    steps.accept("begin");
    try (Locks _ = lock(intent)) {
      steps.accept("locked");
      List<String> elsewhere = new Places(checkout, intent.scope()).elsewhere(intent);
      if (!elsewhere.isEmpty()) {
        throw new Refusal(
            "Meanwhile the checkout has changed: " + String.join("; ", elsewhere) + ".",
            "Put that right with git (commit, stash, switch back), then call again.");
      }
      passOrUndo(intent);
    }
    steps.accept("unlocked");
  }

  /// @param commits whose versions of files may be put in place, beside HEAD's and the intent's own
  Recovered recover(Intent intent, Collection<String> commits) {
    IntentRules.require(intent);
    var known = new KnownVersions(checkout, objects, intent, commits);
    Locks.release(Leftovers.token(checkout, intent), Leftovers.locked(checkout, intent));
    Leftovers.delete(checkout, intent);
    try (Locks _ = lock(intent)) {
      steps.accept("locked");
      var places = new Places(checkout, intent.scope());
      List<String> elsewhere = places.elsewhere(intent);
      if (intent.scope() == Scope.COMMIT && places.arrived(intent, objects)) {
        return new Recovered(Outcome.FINISHED, elsewhere);
      }
      boolean canFinish =
          intent.scope() == Scope.COMMIT
              && elsewhere.isEmpty()
              && intent.files().stream().allMatch(f -> objects.has(f.after()));
      if (canFinish) {
        known.require(intent, places);
        passOrUndo(intent);
        return new Recovered(Outcome.FINISHED, List.of());
      }
      boolean headIsElsewhere =
          intent.head().stream().anyMatch(h -> places.head(h) == Places.At.ELSEWHERE);
      if (!headIsElsewhere) {
        var back = intent.inverse();
        known.require(back, places);
        pass(back);
      }
      return new Recovered(Outcome.UNDONE, elsewhere);
    }
  }

  private Locks lock(Intent intent) {
    return Locks.take(Leftovers.token(checkout, intent), Leftovers.locked(checkout, intent));
  }

  private void passOrUndo(Intent intent) {
    try {
      pass(intent);
    } catch (UncheckedIOException e) {
      pass(intent.inverse());
      throw e;
    }
  }

  private void pass(Intent intent) {
    try {
      List<RefMove> moved = new Passage(checkout, objects, intent, steps).make();
      new Reflog(checkout, objects.config(), committer).write(intent, moved);
    } finally {
      Leftovers.delete(checkout, intent);
    }
  }
}
