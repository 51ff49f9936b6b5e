package hostperf.server.cli;

import hostperf.Refusal;
import hostperf.classify.Classifier;
import hostperf.classify.HotspotType;
import hostperf.classify.Score;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
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
          "'%s' is no folder.".formatted(sources), "Name the folder of the cases with --sources.");
    }
    var file = new InputFile(cases, "--cases", "a file with one JSON object a line");
    var score = Score.of(file.checked(), sources, new Classifier(), map);
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
    fields.put("primary", share(score.total().primary(), score.total().cases()));
    fields.put("with_also", share(score.total().accepted(), score.total().cases()));
    var types = new TreeMap<String, Object>();
    score
        .byType()
        .forEach(
            (t, tally) ->
                types.put(t.name(), List.of(tally.cases(), tally.primary(), tally.accepted())));
    fields.put("per", types);
    fields.put("confusions", confusions(score));
    fields.put("answers", score.answers().stream().map(ScoreCommand::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(Score.Answer answer) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("id", answer.id());
    fields.put("label", answer.label().name());
    fields.put("answer", answer.answer().map(HotspotType::name).orElse(null));
    fields.put("accepted", answer.accepted());
    return fields;
  }

  /// `labelled → answered`, with how often, where the answer is not accepted.
  private static Map<String, Integer> confusions(Score score) {
    var counts = new TreeMap<String, Integer>();
    score.answers().stream()
        .filter(a -> !a.accepted())
        .forEach(
            a ->
                counts.merge(
                    a.label() + " → " + a.answer().map(HotspotType::name).orElse("none"),
                    1,
                    Integer::sum));
    return counts;
  }

  private void print(Score score) {
    var out = hostperf.console().out();
    var total = score.total();
    out.printf(
        "%d cases: primary %.1f%%, with also %.1f%%%n",
        total.cases(),
        100 * share(total.primary(), total.cases()),
        100 * share(total.accepted(), total.cases()));
    score
        .byType()
        .forEach(
            (type, t) ->
                out.printf(
                    "%-16s %3d  primary %3d  with also %3d%n",
                    type, t.cases(), t.primary(), t.accepted()));
    confusions(score).forEach((what, count) -> out.printf("%3d  %s%n", count, what));
    score.skipped().forEach(s -> out.println("skipped: " + s));
  }

  private static double share(int part, int whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
