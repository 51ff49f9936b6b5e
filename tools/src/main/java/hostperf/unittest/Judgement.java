package hostperf.unittest;

import java.util.List;

/// Whose fault the failures are.
///
/// @param broken fail with the change, twice, and not without it; or do not run with it
/// @param known fail without the change as well
/// @param flaky failed and passed on the same code
/// @param notes what could not be told, as sentences; such a failure is among `broken`
public record Judgement(
    List<Failure> broken, List<Failure> known, List<Failure> flaky, List<String> notes) {
  public Judgement {
    broken = List.copyOf(broken);
    known = List.copyOf(known);
    flaky = List.copyOf(flaky);
    notes = List.copyOf(notes);
  }
}
