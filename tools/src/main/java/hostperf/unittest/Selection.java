package hostperf.unittest;

import java.util.LinkedHashSet;
import java.util.List;

/// The tests to run, each with its reason.
///
/// @param tests none means that the configured command runs as it stands
/// @param notes what the choice cannot promise, as sentences
public record Selection(List<Pick> tests, List<String> notes) {
  public Selection {
    tests = List.copyOf(tests);
    notes = List.copyOf(notes);
  }

  /// @param test a file or folder relative to the checkout, or the id of a test in one
  public record Pick(String test, String why) {}

  /// What is handed to pytest: each test once, and none that lies in a folder that is picked too.
  public List<String> arguments() {
    var all = new LinkedHashSet<>(tests.stream().map(Pick::test).toList());
    return all.stream()
        .filter(test -> all.stream().noneMatch(other -> holds(other, test)))
        .toList();
  }

  private static boolean holds(String outer, String inner) {
    var folder = outer.endsWith("/") ? outer : outer + "/";
    return !outer.equals(inner) && (inner.startsWith(folder) || inner.startsWith(outer + "::"));
  }
}
