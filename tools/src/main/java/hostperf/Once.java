package hostperf;

import java.util.Optional;
import java.util.function.Supplier;

/// A value that is made when somebody first needs it, and kept.
///
/// @param <T> what is made
public final class Once<T> implements Supplier<T> {
  private final Supplier<T> make;
  private Optional<T> made = Optional.empty();

  public Once(Supplier<T> make) {
    this.make = make;
  }

  @Override
  public synchronized T get() {
    if (made.isEmpty()) {
      made = Optional.of(make.get());
    }
    return made.get();
  }
}
