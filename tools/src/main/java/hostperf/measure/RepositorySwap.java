package hostperf.measure;

import hostperf.repository.CheckoutState;
import hostperf.repository.Intent;
import hostperf.repository.Repository;
import hostperf.repository.Undisturbed;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The candidate is what HEAD has; the base is an earlier commit. Only the files in which they
/// differ are swapped. With HEAD itself as the base it is the swap of an A/A measurement: nothing
/// changes.
public final class RepositorySwap implements Swap {
  private final Repository repository;
  private final String base;
  private final List<String> files;
  private final Predicate<String> isOutput;
  private final Consumer<Intent> journal;
  private Optional<Intent> shown = Optional.empty();

  /// @param base commit whose versions are the base
  /// @param isOutput which files the workload is there to write
  /// @param journal gets each swap before it is made: `Repository.recover` undoes the last one
  ///     after a crash
  public RepositorySwap(
      Repository repository, String base, Predicate<String> isOutput, Consumer<Intent> journal) {
    this.repository = repository;
    this.base = base;
    this.files = repository.changedFiles(base, repository.head());
    this.isOutput = isOutput;
    this.journal = journal;
  }

  /// Goes through the candidate where the base is shown already: only a move deletes the bytecode
  /// that the last launch left, and every launch is to start alike.
  @Override
  public void base() {
    restore();
    Intent intent = repository.swapIn(base, files);
    journal.accept(intent);
    shown = Optional.of(intent);
    Undisturbed.act(() -> repository.perform(intent));
  }

  @Override
  public void candidate() {
    if (shown.isEmpty()) {
      base();
    }
    restore();
  }

  @Override
  public void restore() {
    shown.ifPresent(intent -> Undisturbed.act(() -> repository.perform(intent.inverse())));
    shown = Optional.empty();
  }

  @Override
  public CheckoutState state() {
    return repository.state().without(isOutput);
  }
}
