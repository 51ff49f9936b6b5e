package hostperf.trace.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Where a trace comes from, as far as its file says.
///
/// @param captured when the capture began, in UTC
/// @param devices names of the devices, each once
public record TraceOrigin(Optional<String> captured, List<String> devices) {
  static final TraceOrigin UNKNOWN = new TraceOrigin(Optional.empty(), List.of());

  public TraceOrigin {
    devices = devices.stream().distinct().toList();
  }

  static TraceOrigin of(long epochNanos, List<String> devices) {
    return new TraceOrigin(instant(epochNanos), devices);
  }

  /// A time of this century; others are counted from something else.
  private static Optional<String> instant(long epochNanos) {
    try {
      var instant = Instant.ofEpochSecond(0, epochNanos).truncatedTo(ChronoUnit.SECONDS);
      return instant.isAfter(Instant.parse("2010-01-01T00:00:00Z"))
          ? Optional.of(instant.toString())
          : Optional.empty();
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
