package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Events;
import hostperf.trace.read.Trace;

/// Finds the call that launched a piece of work, for pieces that come in order.
///
/// Work starts after its call began, and mostly soon after, so the search goes back from the start
/// of the work. A host that runs ahead has launched thousands of pieces meanwhile: then the call is
/// near the one that was found last.
final class LaunchMatcher {
  /// How far the search goes; a host that is further ahead keeps nobody waiting.
  private static final int FAR = 4096;

  private static final int NEAR = 64;

  private final Events calls;

  /// By the numbers of threads and of names.
  private final boolean[] isOwn;

  private final boolean[] isLaunch;
  private int next;
  private int found = -1;

  LaunchMatcher(Trace trace, long process) {
    this.calls = trace.calls();
    this.isOwn = new boolean[trace.places().threads().size()];
    for (int thread = 0; thread < isOwn.length; thread++) {
      isOwn[thread] = trace.processOfThread(thread) == process;
    }
    this.isLaunch = new boolean[trace.names().size()];
    for (int name = 0; name < isLaunch.length; name++) {
      isLaunch[name] = ApiCall.of(trace.names().get(name)).launches();
    }
  }

  /// The number of the call, or -1 where it cannot be found.
  ///
  /// @param link the work's own; 0 where the trace has none, then the last launch before it counts
  int of(long start, int link) {
    if (link != 0 && found >= 0) {
      int near = near(start, link);
      if (near >= 0) {
        found = near;
        return near;
      }
    }
    while (next < calls.size() && calls.start(next) <= start) {
      next++;
    }
    for (int i = next - 1; i >= Math.max(0, next - FAR); i--) {
      if ((link == 0 || calls.link(i) == link) && isOwnLaunch(i)) {
        found = i;
        return i;
      }
    }
    return -1;
  }

  /// The call, where it is one of the next ones.
  private int near(long start, int link) {
    int end = Math.min(found + NEAR, calls.size());
    for (int i = found; i < end; i++) {
      if (calls.link(i) == link && isOwnLaunch(i)) {
        return calls.start(i) <= start ? i : -1;
      }
    }
    return -1;
  }

  private boolean isOwnLaunch(int call) {
    return isLaunch[calls.name(call)] && isOwn[calls.place(call)];
  }
}
