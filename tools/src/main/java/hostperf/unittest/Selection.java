package hostperf.unittest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The tests to run, each with its reason.
///
/// @param picked for the change; none means that the configured command runs as it stands
/// @param named by the caller, besides
/// @param failed in an earlier run of the same change
/// @param notes what the choice cannot promise, as sentences
public record Selection(
    List<Pick> picked, List<Pick> named, List<Pick> failed, List<String> notes) {
  public Selection {
    picked = List.copyOf(picked);
    named = List.copyOf(named);
    failed = List.copyOf(failed);
    notes = List.copyOf(notes);
  }

  /// @param test a file or folder relative to the checkout, or the id of a test in one
  public record Pick(String test, String why) {}

  /// Whether the configured command runs as it stands.
  public boolean isWhole() {
    return picked.isEmpty();
  }

  /// All of them.
  public List<Pick> tests() {
    var all = new ArrayList<>(picked);
    all.addAll(named);
    all.addAll(failed);
    return List.copyOf(all);
  }

  /// What has to be among the tests that run.
  List<String> required() {
    var all = new LinkedHashSet<>(named.stream().map(Pick::test).toList());
    all.addAll(failedBefore());
    return List.copyOf(all);
  }

  List<String> failedBefore() {
    return failed.stream().map(Pick::test).toList();
  }

  /// What is handed to pytest: each test once, and none that lies in a folder that is picked too.
  public List<String> arguments() {
    if (isWhole()) {
      return List.of();
    }
    var all = new LinkedHashSet<>(tests().stream().map(Pick::test).toList());
    return all.stream()
        .filter(test -> all.stream().noneMatch(other -> holds(other, test)))
        .toList();
  }

  private static boolean holds(String outer, String inner) {
    var folder = outer.endsWith("/") ? outer : outer + "/";
    return !outer.equals(inner) && (inner.startsWith(folder) || inner.startsWith(outer + "::"));
  }
}
