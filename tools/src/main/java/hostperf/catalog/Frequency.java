package hostperf.catalog;

/// How often a function is called. `PER_RUN` is the loop itself: one call lasts the whole run, so
/// only the shares of its lines mean something.
public enum Frequency {
  PER_RUN,
  PER_STEP,
  PER_LAYER,
  PER_REQUEST,
  PER_KERNEL
}
