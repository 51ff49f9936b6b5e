package hostperf.run;

import hostperf.job.Checkout;
import hostperf.journal.Change;
import hostperf.journal.Run;
import hostperf.journal.TestSummary;
import hostperf.repository.CheckoutState;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The code that a patch's tests ran on: what is measured and kept has to be the same. The journal
/// holds its digest; a list beside it serves to name what differs.
final class TestedCode {
  private static final int MOST_NAMED = 5;

  private final Checkout checkout;
  private final Run run;

  TestedCode(Checkout checkout, Run run) {
    this.checkout = checkout;
    this.run = run;
  }

  /// @return the digest for the journal
  String keep(Change change, CheckoutState state) {
    var lines =
        state.code().entrySet().stream()
            .map(e -> e.getValue() + " " + e.getKey() + "\n")
            .collect(Collectors.joining());
    var _ = checkout.runs().folder(run.id()).write(file(change), lines);
    return state.digest();
  }

  /// What differs now from what was tested, each as "<path> …"; empty where nothing does.
  List<String> differences(Change change, TestSummary tests) {
    var now = checkout.repository().state();
    if (now.digest().equals(tests.basis().code())) {
      return List.of();
    }
    if (!now.head().commit().equals(change.code().commit())) {
      return List.of("HEAD is at " + now.head().commit());
    }
    var before = kept(change);
    var found =
        before.isEmpty()
            ? List.<String>of()
            : CheckoutState.differences(before, now.code(), List.of());
    // The list is a file that anybody can write; the digest decides.
    return found.isEmpty() ? List.of("a file of code, which one is no longer known") : found;
  }

  static String words(List<String> differences) {
    return differences.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
        + (differences.size() > MOST_NAMED
            ? "; and %d more".formatted(differences.size() - MOST_NAMED)
            : "");
  }

  private Map<String, String> kept(Change change) {
    var files = new LinkedHashMap<String, String>();
    var folder = checkout.runs().folder(run.id());
    if (!Files.exists(folder.file(file(change)))) {
      return files;
    }
    folder
        .read(file(change))
        .lines()
        .forEach(
            line -> {
              int blank = line.indexOf(' ');
              files.put(line.substring(blank + 1), line.substring(0, blank));
            });
    return files;
  }

  private static String file(Change change) {
    return "tested/%s.txt".formatted(change.patchId());
  }
}
