package hostperf.configuration;

/// Something wrong in `hostperf.yaml`.
///
/// @param line from 1; 0 where the fault is something that is not there
/// @param what what is wrong, with the value, and what is allowed
public record Fault(int line, String what) {
  @Override
  public String toString() {
    return line == 0 ? what : "line " + line + ": " + what;
  }
}
