package hostperf.trace.steps;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.Trace;

/// The thread of a process that launches most of its work: where no range says which one runs the
/// steps, this one does.
public final class LaunchingThread {
  private LaunchingThread() {}

  /// Its number, or -1 where the process launches nothing that was recorded.
  public static int of(Trace trace, long process) {
    var isLaunch = new boolean[trace.names().size()];
    for (int name = 0; name < isLaunch.length; name++) {
      isLaunch[name] = ApiCall.of(trace.names().get(name)).launches();
    }
    var launches = new long[trace.places().threads().size()];
    trace.calls().forEach((_, _, name, thread) -> launches[thread] += isLaunch[name] ? 1 : 0);
    int most = -1;
    for (int thread = 0; thread < launches.length; thread++) {
      boolean isOwn = trace.processOfThread(thread) == process;
      if (isOwn && launches[thread] > (most < 0 ? 0 : launches[most])) {
        most = thread;
      }
    }
    return most;
  }
}
