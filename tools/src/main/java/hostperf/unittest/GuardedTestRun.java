package hostperf.unittest;

import java.util.function.Supplier;

/// Starts a run of tests and answers what came of it, or that it does not count, since the code was
/// not the same from its beginning to its end.
@FunctionalInterface
public interface GuardedTestRun {
  Ran run(Supplier<Ran> tests);
}
