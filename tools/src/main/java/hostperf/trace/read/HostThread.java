package hostperf.trace.read;

/// A thread of a traced process.
///
/// @param id unique among all threads of the trace
public record HostThread(long process, long id) {
  /// nsys packs hardware, VM, process and thread into one number; the low 24 bits are the thread's.
  static HostThread ofGlobalTid(long globalTid) {
    return new HostThread(globalTid & ~0xFFFFFFL, globalTid);
  }
}
