package hostperf.run;

import hostperf.stacks.Ranking;
import hostperf.stacks.Shares;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How much of the root's time the benchmark itself takes: it is in the metric, and no patch of the
/// engine removes it.
final class BenchmarkShare {
  /// Less is not worth a word.
  private static final double WORTHWHILE = 0.01;

  private BenchmarkShare() {}

  /// @param files of the checkout that the workload's command names
  static Optional<String> remark(Ranking ranking, Set<String> files, Path checkout) {
    double share =
        ranking.own().functions().stream()
            .filter(f -> isOf(f, files, checkout))
            .mapToDouble(Shares.FunctionShare::own)
            .sum();
    return share < WORTHWHILE
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The benchmark's own code (%s) takes %.1f%% of the root's time; no patch of the"
                    + " engine removes it.",
                files.stream()
                    .filter(
                        file ->
                            ranking.shares().functions().stream()
                                .anyMatch(f -> isOf(f, Set.of(file), checkout)))
                    .collect(Collectors.joining(", ")),
                share * 100));
  }

  private static boolean isOf(Shares.FunctionShare function, Set<String> files, Path checkout) {
    return files.stream()
        .anyMatch(
            file ->
                function.file().equals(file)
                    || function.file().equals(checkout.resolve(file).toString()));
  }
}
