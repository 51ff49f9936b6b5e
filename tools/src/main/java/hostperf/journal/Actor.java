package hostperf.journal;

import java.util.Optional;
import java.util.function.Supplier;

/// Whom the journal names for what is done: the token behind a call. Nobody, where whoever started
/// the process acts.
public final class Actor {
  private static final ScopedValue<String> NAME = ScopedValue.newInstance();

  private Actor() {}

  /// Does the work in this one's name.
  public static <T> T as(Optional<String> name, Supplier<T> work) {
    return name.isEmpty() ? work.get() : ScopedValue.where(NAME, name.get()).call(work::get);
  }

  static Optional<String> name() {
    return NAME.isBound() ? Optional.of(NAME.get()) : Optional.empty();
  }
}
