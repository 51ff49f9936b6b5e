package hostperf.server.cli;

import hostperf.server.Structured;
import hostperf.server.cli.console.ExitCode;
import hostperf.verdict.Judged;
import hostperf.verdict.SamplesFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf compare`: the verdict on samples that were taken elsewhere, one look at 95%.
@Command(name = "compare", description = "Judges pairs of samples: verdict, estimate, interval.")
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--samples",
      required = true,
      paramLabel = "FILE",
      description = "JSON: metric, min_effect and pairs; one experiment or a list.")
  private Path samples;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  /// @param estimate relative change in the better direction
  /// @param interval of the same, low and high
  record Row(
      String verdict,
      double estimate,
      List<Double> interval,
      int pairs,
      double p,
      int furtherPairs,
      String reason) {}

  @Override
  public Integer call() {
    var file = SamplesFile.parse(new InputFile(samples, "--samples", "a JSON file").text());
    var judged = file.judged();
    var rows = judged.stream().map(CompareCommand::row).toList();
    if (json) {
      var fields = rows.stream().map(Structured::fields).toList();
      hostperf.console().json(file.isList() ? fields : fields.getFirst());
    } else {
      rows.forEach(r -> hostperf.console().out().println(r.verdict() + ": " + r.reason()));
    }
    return judged.stream().mapToInt(CompareCommand::code).max().orElse(ExitCode.INCONCLUSIVE);
  }

  private static Row row(Judged judged) {
    return new Row(
        judged.verdict().word(),
        judged.estimate(),
        List.of(judged.interval().low(), judged.interval().high()),
        judged.pairs(),
        judged.p(),
        judged.furtherPairs(),
        judged.reason());
  }

  private static int code(Judged judged) {
    return switch (judged.verdict()) {
      case IMPROVED, UNCHANGED -> ExitCode.DONE;
      case REGRESSED -> ExitCode.NEGATIVE;
      case INCONCLUSIVE -> ExitCode.INCONCLUSIVE;
    };
  }
}
