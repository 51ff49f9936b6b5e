package hostperf.trace.analyse;

import java.util.List;
import java.util.Optional;

/// What the idle time of a phase is, in microseconds; the parts add up to the idle time.
///
/// @param copyingUs the device copied or cleared memory, but ran no kernel; absent where the trace
///     records no copies
/// @param noRequestUs no request was scheduled
/// @param hostBusyUs the host was late with the next launch, busy with its own code
/// @param hostWaitingUs the host was late with the next launch, since it waited in a call
/// @param enqueuedUs the next work was enqueued and waited for another stream, rank or event
/// @param unknownUs the trace does not record what the host did
/// @param copies the copying by what was copied where, largest first
/// @param waits the waiting by call, largest first
public record IdleSplit(
    Optional<Double> copyingUs,
    double noRequestUs,
    double hostBusyUs,
    double hostWaitingUs,
    double enqueuedUs,
    double unknownUs,
    List<Share> copies,
    List<Share> waits) {
  static final IdleSplit NONE =
      new IdleSplit(Optional.empty(), 0, 0, 0, 0, 0, List.of(), List.of());

  public IdleSplit {
    copies = List.copyOf(copies);
    waits = List.copyOf(waits);
  }

  /// @param name of the kind of copy or of the call
  public record Share(String name, double us) {}

  public double sumUs() {
    return copyingUs.orElse(0.0)
        + noRequestUs
        + hostBusyUs
        + hostWaitingUs
        + enqueuedUs
        + unknownUs;
  }
}
