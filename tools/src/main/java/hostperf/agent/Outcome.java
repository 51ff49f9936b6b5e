package hostperf.agent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a tool answers. Component names are the field names of the answer (in snake_case), so they
/// are promises; see the interface of record. What the caller can put right is not here: it is
/// thrown as a `Refusal`.
///
/// Strings that come from outside (source lines, logs) are already cleaned and capped.
public sealed interface Outcome
    permits Outcome.Inconclusive,
        Outcome.Running,
        Outcome.Waiting,
        Outcome.JobReport,
        RunOutcome,
        AnalysisOutcome,
        Profiled,
        TraceOutcome {

  /// The calls that make sense now.
  List<Next> next();

  /// The same answer in fewer words, when there is a shorter form.
  default Optional<Outcome> shorter() {
    return Optional.empty();
  }

  /// Whether its text keeps itself short. Then the text is made of the whole, whatever there is
  /// room for in its fields.
  default boolean keepsItsTextShort() {
    return false;
  }

  /// The question could not be answered; not an error and never an empty list.
  ///
  /// @param inconclusive why it could not
  /// @param missing what was missing
  record Inconclusive(String inconclusive, List<String> missing, List<Next> next)
      implements Outcome {}

  /// The work goes on in the background.
  record Running(String jobId, String state, String progress, List<Next> next) implements Outcome {}

  /// A person has not said yes.
  ///
  /// @param state `pending`, `declined`, `cancelled`, `unavailable` or `expired`
  /// @param shown what the person is asked, in brief: they see all of it where they answer
  /// @param how how a person can answer
  record Waiting(String approvalId, String state, String shown, String how, List<Next> next)
      implements Outcome {}

  /// @param answer of the tool that began the job, where this process did it; for the text only
  /// @param result the same as fields, also of a job that another process did
  record JobReport(
      String jobId,
      String tool,
      String state,
      String progress,
      double elapsedS,
      List<String> lastLines,
      Optional<Outcome> answer,
      Optional<Map<String, Object>> result,
      List<Next> next)
      implements Outcome {}
}
