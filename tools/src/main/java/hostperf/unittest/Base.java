package hostperf.unittest;

import java.util.function.Supplier;

/// Runs tests with the base's content of the patched files in place, and puts the candidate's
/// back before it returns, whatever happens.
@FunctionalInterface
public interface Base {
  Ran run(Supplier<Ran> tests);
}
