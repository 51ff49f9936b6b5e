package hostperf.unittest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reruns failures alone: once more with the change, then those that fail again without it.
///
/// @param onCandidate runs tests as the checkout stands
/// @param onBase runs tests with the base in place
record Judge(Function<List<String>, Ran> onCandidate, Function<List<String>, Ran> onBase) {
  /// Above it whole files are rerun, so that the command line stays within the system's limit.
  private static final int MOST_IDS = 100;

  Judgement of(List<Failure> failures) {
    if (failures.isEmpty()) {
      return new Judgement(List.of(), List.of(), List.of(), List.of());
    }
    var notes = new ArrayList<String>();
    var again = failing(onCandidate.apply(tests(failures)), "once more", notes);
    var steady = failures.stream().filter(f -> again.isEmpty() || failsIn(again.get(), f)).toList();
    var flaky = failures.stream().filter(f -> !steady.contains(f)).toList();
    if (steady.isEmpty()) {
      return new Judgement(List.of(), List.of(), flaky, notes);
    }
    var before = failing(onBase.apply(tests(steady)), "on the base", notes);
    var known =
        steady.stream().filter(f -> before.isPresent() && failsIn(before.get(), f)).toList();
    var broken = steady.stream().filter(f -> !known.contains(f)).toList();
    return new Judgement(broken, known, flaky, notes);
  }

  private static List<String> tests(List<Failure> failures) {
    return failures.size() > MOST_IDS
        ? List.copyOf(
            failures.stream()
                .map(Failure::file)
                .collect(Collectors.toCollection(LinkedHashSet::new)))
        : failures.stream().map(Failure::id).toList();
  }

  /// The ids that fail there; none where that run says nothing.
  private static Optional<Set<String>> failing(Ran ran, String where, List<String> notes) {
    return switch (ran) {
      case Ran.Reported(var report, _, _) ->
          Optional.of(report.failures().stream().map(Failure::id).collect(Collectors.toSet()));
      case Ran.NotRun(_, var reason, _, _) -> {
        notes.add("The failures could not be run %s: %s".formatted(where, reason));
        yield Optional.empty();
      }
    };
  }

  /// Itself, or its file as a whole.
  private static boolean failsIn(Set<String> failing, Failure failure) {
    return failing.contains(failure.id()) || failing.contains(failure.file());
  }
}
