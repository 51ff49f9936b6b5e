package hostperf.lines;

import java.util.List;

/// What one or several report files hold.
///
/// @param profile the functions measured line by line
/// @param timers functions that have no code object (compiled ones), measured as a whole
public record ProfileReport(LineProfile profile, List<FunctionTimer> timers) {
  public ProfileReport {
    timers = List.copyOf(timers);
  }

  public static ProfileReport empty() {
    return new ProfileReport(new LineProfile(List.of()), List.of());
  }

  public List<FunctionProfile> functions() {
    return profile.functions();
  }
}
