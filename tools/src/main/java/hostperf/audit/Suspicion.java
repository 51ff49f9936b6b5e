package hostperf.audit;

/// Why a piece of code is shown to a person. The order is that of the interface's list.
public enum Suspicion {
  TIMING("figures come from times that such code takes or spends"),
  SAMPLING("a sampling parameter decides how much work a request is"),
  SEED("a random seed or generator decides what is generated"),
  REQUEST_COUNT("the number of requests, steps or tokens decides how much work is done"),
  METRICS("metrics are read from what is printed, logged or counted"),
  PROFILER("the profile would show something other than what runs"),
  ENVIRONMENT("an environment variable can tell a measured run from others"),
  MODULES("it changes how code outside the patch behaves"),
  REFLECTION("names and code reached at run time cannot be seen in the patch"),
  NEW_MODULE("nothing in this package used this module before, so what it can do is new"),
  CONCURRENCY("work on other threads or processes can escape the measurement"),
  CALLER("code can behave differently for a test or a measurement"),
  FOREIGN_CODE("it runs other code, reaches files, programs or networks, or ends the process"),
  SKIPPED_TEST("a test that is skipped proves nothing"),
  FLAGGED_RETURN("work can be left out in the measured run alone"),
  REMEMBERED("a result of an earlier call can stand in for the work of this one"),
  SWALLOWED_EXCEPTION("a failure would no longer show"),
  REMOVED_CHECK("bad input or a wrong result would no longer be noticed"),
  UNREAD("the audit cannot read this change");

  private final String why;

  Suspicion(String why) {
    this.why = why;
  }

  /// A clause that says why a person should look.
  public String why() {
    return why;
  }
}
