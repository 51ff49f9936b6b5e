package hostperf.patch;

/// What an audited line touches. The order is that of the interface's list.
public enum Suspicion {
  TIMING("touches how time is taken or spent"),
  SAMPLING("sets a sampling parameter"),
  SEED("touches a random seed or generator"),
  REQUEST_COUNT("sets how many requests, steps or tokens are run"),
  METRICS("touches what is printed, logged or counted, which metrics are read from"),
  PROFILER("touches a profiler's hooks"),
  ENVIRONMENT("reads or sets environment variables"),
  MODULES("swaps modules, attributes or code at run time"),
  CALLER("asks who is calling or how the program was started"),
  FOREIGN_CODE("runs other code or programs, or ends the process"),
  SKIPPED_TEST("skips a test or expects it to fail"),
  FLAGGED_RETURN("returns early on a flag"),
  SWALLOWED_EXCEPTION("swallows an exception"),
  REMOVED_CHECK("removes a check");

  private final String what;

  Suspicion(String what) {
    this.what = what;
  }

  /// The end of "This line …".
  public String what() {
    return what;
  }
}
