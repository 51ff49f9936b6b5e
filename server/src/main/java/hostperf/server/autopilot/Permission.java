package hostperf.server.autopilot;

import hostperf.approval.Approval;
import hostperf.approval.ApprovalResult;
import hostperf.configuration.Configuration;
import hostperf.job.Checkout;
import hostperf.journal.RunId;
import hostperf.server.client.ServerSession;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Answers the server's questions to the person: by the flag `--approval` as far as it reaches,
/// else by the person at the terminal, else not at all.
///
/// An answer is stored where `hostperf approve` stores one, with its channel, before the server
/// hears of it: the journal then tells a flag from a person. What the audit flags, and a gain that
/// is suspicious, is never answered by a flag.
final class Permission implements ServerSession.Person {
  private final Checkout checkout;
  private final Word word;
  private final Terminal terminal;
  private final Consumer<String> progress;
  private Optional<Suggestion> option = Optional.empty();

  /// What holds for this flight.
  ///
  /// @param flag what the person said on the command line; a file's `policy.approval` is no
  ///     person's word, least of all for its own commands
  /// @param mode the flag's, else the file's
  record Word(Optional<Configuration.Mode> flag, Configuration.Mode mode) {}

  /// @param terminal where a person may sit
  Permission(Checkout checkout, Word word, Terminal terminal, Consumer<String> progress) {
    this.checkout = checkout;
    this.word = word;
    this.terminal = terminal;
    this.progress = progress;
  }

  /// The option that the next question will be about.
  synchronized void about(Optional<Suggestion> next) {
    option = next;
  }

  /// Returns when no question is being put to the person.
  synchronized void settled() {}

  /// Whether it makes sense to ask for this: under `zero-risk`, with nobody there, only what the
  /// flag lets through.
  boolean canAllow(Suggestion suggestion) {
    return word.mode() != Configuration.Mode.ZERO_RISK || terminal.isThere() || suggestion.isSafe();
  }

  /// Whether every patch waits for a person, and none is there.
  boolean leavesOpen() {
    return word.mode() == Configuration.Mode.ASK && !terminal.isThere();
  }

  @Override
  public synchronized ElicitResult apply(ElicitFormRequest request) {
    var meta = Optional.ofNullable(request.meta()).orElse(Map.of());
    var run =
        Optional.ofNullable(meta.get("hostperf/run_id")).map(id -> new RunId(String.valueOf(id)));
    var folder = checkout.approvals(run);
    var question = folder.find(String.valueOf(meta.get("hostperf/approval_id")));
    if (question.isEmpty()) {
      return new ElicitResult(ElicitResult.Action.CANCEL, Map.of(), null);
    }
    var id = question.get().id();
    var answer =
        byFlag(question.get().kind())
            ? Optional.of(
                new ApprovalResult.Answer(
                    id, true, "flag", flag(), folder.now(), "the person's word"))
            : terminal
                .ask(question.get())
                .map(
                    r ->
                        new ApprovalResult.Answer(
                            id, r.yes(), "terminal", r.by(), folder.now(), r.reason()));
    if (answer.isEmpty()) {
      progress.accept(
          "Nobody allows %s here; it stays open: hostperf approve %s".formatted(id, id));
      return new ElicitResult(ElicitResult.Action.CANCEL, Map.of(), null);
    }
    var stands = folder.answer(answer.get());
    progress.accept(
        "%s %s by %s (%s)."
            .formatted(
                id, stands.yes() ? "is allowed" : "is denied", stands.by(), stands.channel()));
    return new ElicitResult(
        ElicitResult.Action.ACCEPT,
        Map.of("decision", stands.yes() ? "approve" : "deny", "reason", stands.reason()),
        null);
  }

  /// The flag reaches from the configuration to the patches its mode names, no further.
  private boolean byFlag(Approval.Kind kind) {
    var said = word.flag().orElse(Configuration.Mode.ASK);
    return switch (kind) {
      case CONFIGURATION -> said != Configuration.Mode.ASK;
      case PATCH ->
          switch (said) {
            case ASK -> false;
            case ZERO_RISK -> option.filter(Suggestion::isSafe).isPresent();
            case NEVER -> true;
          };
      case FLAGGED_PATCH, KEEP -> false;
    };
  }

  String flag() {
    return "hostperf autopilot --approval "
        + word.mode().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
