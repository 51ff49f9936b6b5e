package hostperf.report;

import hostperf.Refusal;
import hostperf.agent.AnalysisOutcome;
import hostperf.agent.Next;
import hostperf.agent.Outcome;
import hostperf.agent.Profiled;
import hostperf.agent.RunOutcome;
import hostperf.agent.TraceOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What an agent reads. One shape for all: the result with its number first, at most ten rows of
/// table, warnings, paths of the full data, and the calls to make next.
public final class AgentText {
  private static final int MOST_REFUSAL = 4000;

  /// `Budget` chooses a shorter form long before; this is for what it cannot shorten.
  private static final int MOST_ANSWER = 60_000;

  private static final int MOST_QUOTED = 20_000;

  /// Of a question to a person: its first lines say all that matters, and a command shows the rest.
  private static final int MOST_SHOWN = 2_000;

  private AgentText() {}

  public static String of(Outcome outcome) {
    return of(
        outcome,
        n ->
            Optional.of(
                "`%s`%s".formatted(n.tool(), n.arguments().isEmpty() ? "" : " " + n.arguments())));
  }

  /// @param call how the reader makes a call; none where they cannot
  public static String of(Outcome outcome, Function<Next, Optional<String>> call) {
    // Names, lines and messages in it come from anywhere.
    var text = UntrustedText.block(body(outcome), MOST_ANSWER);
    var next = UntrustedText.block(next(outcome.next(), call), MOST_REFUSAL);
    return text.stripTrailing() + "\n" + (next.isEmpty() ? "" : next);
  }

  private static String body(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Inconclusive o -> inconclusive(o);
      case Outcome.Running o -> running(o);
      case Outcome.Waiting o -> waiting(o);
      case Outcome.JobReport o -> job(o);
      case RunOutcome o -> RunText.of(o);
      case AnalysisOutcome o -> AnalysisText.of(o);
      case Profiled o -> ProfiledText.of(o);
      case TraceOutcome o -> TraceText.of(o);
    };
  }

  public static String of(Refusal refusal) {
    // Refusals name what was given, whatever that is.
    return "Refused: "
        + UntrustedText.block(refusal.why(), MOST_REFUSAL)
        + "\nNext: "
        + UntrustedText.block(refusal.next(), MOST_REFUSAL);
  }

  /// For defects: nothing of the inside, an id to find it in the log by.
  public static String internalError(String id) {
    return "Internal error "
        + id
        + ": hostperf failed, not your call. The server's standard error has the details under"
        + " this id.\nNext: Call `status`; if it repeats, report the id with those lines.";
  }

  private static String inconclusive(Outcome.Inconclusive o) {
    var missing = o.missing().isEmpty() ? "" : "\nMissing: " + String.join("; ", o.missing());
    return "Inconclusive: " + o.inconclusive() + missing;
  }

  private static String running(Outcome.Running o) {
    return "Still running as %s: %s".formatted(o.jobId(), o.progress());
  }

  private static String waiting(Outcome.Waiting o) {
    return "Not done: approval %s is %s.\n%s\n%s"
        .formatted(o.approvalId(), o.state(), o.how(), UntrustedText.quoted(o.shown(), MOST_SHOWN));
  }

  private static String job(Outcome.JobReport o) {
    var lines =
        o.lastLines().isEmpty()
            ? ""
            : "\n" + UntrustedText.quoted(String.join("\n", o.lastLines()), MOST_QUOTED);
    var result =
        o.answer()
            .map(a -> "\n" + body(a))
            .or(() -> o.result().map(_ -> "\nIts answer is in `result`."))
            .orElse("");
    // Where a job was when it was done is no news.
    boolean isDone = o.state().equals("done");
    return "%s (%s): %s %s %s.%s%s%s"
        .formatted(
            o.jobId(),
            o.tool(),
            o.state(),
            o.state().equals("running") ? "for" : "after",
            Figures.seconds(o.elapsedS()),
            isDone || o.progress().isEmpty() ? "" : " " + o.progress(),
            lines,
            result);
  }

  private static String next(List<Next> calls, Function<Next, Optional<String>> call) {
    return calls.stream()
        .flatMap(n -> call.apply(n).map(c -> "Next: %s – %s".formatted(c, n.why())).stream())
        .collect(Collectors.joining("\n"));
  }
}
