package hostperf.lines;

/// A function that could only be timed as a whole, since it has no Python code object.
///
/// @param seconds over all calls
/// @param exceptions calls that raised
public record FunctionTimer(
    String name,
    long calls,
    double seconds,
    double leastSeconds,
    double mostSeconds,
    long exceptions) {

  FunctionTimer plus(FunctionTimer other) {
    return new FunctionTimer(
        name,
        calls + other.calls,
        seconds + other.seconds,
        Math.min(leastSeconds, other.leastSeconds),
        Math.max(mostSeconds, other.mostSeconds),
        exceptions + other.exceptions);
  }
}
