package hostperf.server.cli;

import hostperf.run.Questions;
import hostperf.server.Structured;
import hostperf.server.cli.console.ExitCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `hostperf approvals`: what waits for a person, and what was decided.
@Command(name = "approvals", description = "Lists questions for a person, and their answers.")
final class ApprovalsCommand implements Callable<Integer> {
  @ParentCommand private HostperfCommand hostperf;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  record Row(String approvalId, String kind, String state, String asked, String answeredBy) {}

  @Override
  public Integer call() {
    var rows = Questions.of(hostperf.checkout()).stream().map(ApprovalsCommand::row).toList();
    if (json) {
      hostperf.console().json(Map.of("approvals", rows.stream().map(Structured::fields).toList()));
    } else {
      print(rows);
    }
    return ExitCode.DONE;
  }

  private void print(List<Row> rows) {
    var out = hostperf.console().out();
    if (rows.isEmpty()) {
      out.println("Nothing waits for a person.");
    }
    for (var row : rows) {
      out.printf(
          "%s  %-13s  %-9s  %s  %s%n",
          row.approvalId(), row.kind(), row.state(), row.asked(), row.answeredBy());
    }
  }

  private static Row row(Questions.Question question) {
    var approval = question.approval();
    var by =
        question
            .folder()
            .readAnswer(approval.id())
            .map(a -> "%s through %s".formatted(a.by(), a.channel()))
            .orElse("");
    return new Row(
        approval.id(),
        approval.kind().name().toLowerCase(java.util.Locale.ROOT),
        question.state(),
        approval.asked().toString(),
        by);
  }
}
