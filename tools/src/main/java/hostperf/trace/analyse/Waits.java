package hostperf.trace.analyse;

import hostperf.trace.read.ApiCall;
import hostperf.trace.read.CallDetail;
import hostperf.trace.read.Rows;
import hostperf.trace.read.Trace;
import java.util.Arrays;

/// The calls of each thread in which the host waited for the device.
final class Waits {
  private Waits() {}

  /// By the numbers of the threads.
  static RowAt[] byThread(Trace trace) {
    var threads = new RowAt[trace.places().threads().size()];
    Arrays.setAll(threads, _ -> new RowAt(trace.calls()));
    var kinds = new int[trace.names().size()];
    for (int name = 0; name < kinds.length; name++) {
      String call = trace.names().get(name);
      kinds[name] = ApiCall.of(call) == ApiCall.WAIT ? 2 : ApiCall.mayBlock(call) ? 1 : 0;
    }
    trace
        .calls()
        .forEach(
            new Rows.Sink() {
              private int row;

              @Override
              public void take(long start, long end, int name, int thread) {
                int kind = kinds[name];
                if (kind == 2 || (kind == 1 && end - start >= CallDetail.LONG_NS)) {
                  threads[thread].add(row);
                }
                row++;
              }
            });
    return threads;
  }
}
