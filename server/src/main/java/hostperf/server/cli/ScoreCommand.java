package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.classify.Classifier;
import hostperf.classify.facts.HotspotType;
import hostperf.score.Score;
import hostperf.server.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf score`: how often the classifier agrees with labels.
@Command(name = "score", description = "Scores the classifier on labelled cases.")
final class ScoreCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(
      names = "--cases",
      required = true,
      paramLabel = "FILE",
      description = "One labelled case a line, as JSON.")
  private Path cases;

  @Option(
      names = "--sources",
      required = true,
      paramLabel = "DIR",
      description = "Git checkouts named owner+name, or owner+name/repo.")
  private Path sources;

  @Option(names = "--target", paramLabel = "NAME", description = "Hot-path map; generic.")
  private String target = "generic";

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    var map = hostperf.installation().texts().targets().of(target);
    if (!Files.isDirectory(sources)) {
      throw new Refusal(
          "'%s' is not a folder.".formatted(sources),
          "Name the folder of the cases with --sources.");
    }
    var file = new InputFile(cases, "--cases", "a file with one JSON object a line");
    var score =
        Score.of(
            file.checked(), sources, new Classifier(hostperf.installation().texts().types()), map);
    if (json) {
      hostperf.console().json(fields(score));
    } else {
      print(score);
    }
    return score.total().cases() == 0 ? ExitCode.INCONCLUSIVE : ExitCode.DONE;
  }

  private static Map<String, Object> fields(Score score) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("scored", score.total().cases());
    fields.put("skipped", score.skipped());
    fields.putAll(fields(score.total()));
    var types = new TreeMap<String, Object>();
    score.byType().forEach((t, tally) -> types.put(t.name(), fields(tally)));
    fields.put("per", types);
    fields.put("confusions", confusions(score));
    fields.put("answers", score.answers().stream().map(ScoreCommand::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Score.Tally tally) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("cases", tally.cases());
    fields.put("decided", share(tally.decided(), tally.cases()));
    fields.put("primary", share(tally.primary(), tally.decided()));
    fields.put("with_also", share(tally.accepted(), tally.decided()));
    fields.put("candidates_hold", share(tally.held(), tally.cases()));
    fields.put("candidates_mean", share(tally.candidates(), tally.cases()));
    return fields;
  }

  private static Map<String, Object> fields(Score.Answer answer) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", answer.id());
    fields.put("label", answer.label().name());
    fields.put("decided", answer.decided().map(HotspotType::name).orElse(null));
    fields.put("accepted", answer.accepted());
    fields.put("candidates", answer.candidates().stream().map(HotspotType::name).toList());
    fields.put("facts", answer.facts());
    fields.put("beside", answer.beside());
    return fields;
  }

  /// `labelled → decided`, with how often, where the answer is not accepted.
  private static Map<String, Integer> confusions(Score score) {
    var counts = new TreeMap<String, Integer>();
    score.answers().stream()
        .filter(a -> a.decided().isPresent() && !a.accepted())
        .forEach(a -> counts.merge(a.label() + " → " + a.decided().get().name(), 1, Integer::sum));
    return counts;
  }

  private void print(Score score) {
    var out = hostperf.console().out();
    out.println(line("all", score.total()));
    score.byType().forEach((type, tally) -> out.println(line(type.name(), tally)));
    confusions(score).forEach((what, count) -> out.printf("%3d  %s%n", count, what));
    score.skipped().forEach(s -> out.println("skipped: " + s));
  }

  private static String line(String name, Score.Tally tally) {
    return String.format(
        Locale.ROOT,
        "%-16s %4d cases: decided %5.1f%%, of these right %5.1f%%, with also %5.1f%%; label among"
            + " the candidates %5.1f%%, %.1f candidates a case",
        name,
        tally.cases(),
        100 * share(tally.decided(), tally.cases()),
        100 * share(tally.primary(), tally.decided()),
        100 * share(tally.accepted(), tally.decided()),
        100 * share(tally.held(), tally.cases()),
        share(tally.candidates(), tally.cases()));
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
