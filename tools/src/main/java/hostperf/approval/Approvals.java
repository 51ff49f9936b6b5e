package hostperf.approval;

import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.seal.SealedFolder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The questions and answers of one folder: `<id>.json` is a question, `<id>.answer.json` its
/// answer, `<id>.used` says that it was acted on. Each file is created once, so the first answer
/// wins whichever process writes it. A question or an answer counts only as this user's hostperf
/// wrote it.
public final class Approvals {
  private static final String ANSWER = ".answer.json";
  private static final String USED = ".used";

  private static final JsonMapper JSON =
      StrictJson.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  private final SealedFolder folder;
  private final InstantSource clock;
  private final Supplier<String> newId;

  public Approvals(SealedFolder folder, InstantSource clock, Supplier<String> newId) {
    this.folder = folder;
    this.clock = clock;
    this.newId = newId;
  }

  /// The open question for this subject, asked anew where there is none or it has expired. A
  /// question that was answered and used is not found again.
  public Approval question(
      Optional<String> runId, Approval.Kind kind, String subject, String shown) {
    return question(runId, kind, subject, shown, Optional.empty());
  }

  /// With the parts of what is shown.
  public Approval question(
      Optional<String> runId,
      Approval.Kind kind,
      String subject,
      String shown,
      Optional<Exhibit> exhibit) {
    var known =
        all().stream()
            .filter(a -> a.kind() == kind && a.subject().equals(subject))
            .filter(a -> !isUsed(a.id()) && clock.instant().isBefore(a.expires()))
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    var approval = new Approval(newId.get(), runId, kind, subject, shown, exhibit, clock.instant());
    boolean _ = folder.create(approval.id() + ".json", JSON.writeValueAsString(approval));
    return approval;
  }

  /// Stores an answer; where one is stored already, that one stands and is returned.
  public ApprovalResult.Answer answer(ApprovalResult.Answer answer) {
    if (folder.create(answer.approvalId() + ANSWER, JSON.writeValueAsString(answer))) {
      return answer;
    }
    return readAnswer(answer.approvalId()).orElseThrow();
  }

  /// What has come of the question so far.
  public ApprovalResult decision(Approval approval) {
    var answer = readAnswer(approval.id());
    if (answer.isPresent()) {
      return answer.get().yes()
          ? new ApprovalResult.Approved(answer.get())
          : new ApprovalResult.Declined(answer.get());
    }
    if (!clock.instant().isBefore(approval.expires())) {
      return new ApprovalResult.Expired(approval.id(), approval.expires());
    }
    return new ApprovalResult.Pending(approval.id());
  }

  /// Those for this subject that nobody answered in time.
  public List<Approval> expired(Approval.Kind kind, String subject) {
    return all().stream()
        .filter(a -> a.kind() == kind && a.subject().equals(subject))
        .filter(a -> decision(a) instanceof ApprovalResult.Expired)
        .toList();
  }

  /// Marks a yes as acted on; false when it was used before, so that it is used once.
  public boolean use(String approvalId) {
    return folder.create(approvalId + USED, clock.instant().toString());
  }

  public boolean isUsed(String approvalId) {
    return folder.has(approvalId + USED);
  }

  /// Every question of this folder, oldest first; what is no question any more is asked anew.
  public List<Approval> all() {
    return folder.names(".json").stream()
        .filter(name -> !name.endsWith(ANSWER))
        .flatMap(name -> question(name).stream())
        .sorted(Comparator.comparing(Approval::asked).thenComparing(Approval::id))
        .toList();
  }

  private Optional<Approval> question(String name) {
    try {
      return folder.read(name).map(text -> JSON.readValue(text, Approval.class));
    } catch (JacksonException | Refusal _) {
      return Optional.empty();
    }
  }

  /// Why the other questions and answers of this folder count for nothing.
  public List<String> strays() {
    return folder.names(".json").stream().flatMap(n -> folder.whyNot(n).stream()).toList();
  }

  /// The question with this id.
  public Optional<Approval> find(String id) {
    return all().stream().filter(a -> a.id().equals(id)).findFirst();
  }

  /// Who answered, if anybody has. An answer that hostperf did not write is refused.
  public Optional<ApprovalResult.Answer> readAnswer(String id) {
    try {
      return folder
          .read(id + ANSWER)
          .map(text -> JSON.readValue(text, ApprovalResult.Answer.class))
          .filter(answer -> answer.approvalId().equals(id));
    } catch (JacksonException | Refusal e) {
      throw new Refusal(
          "The answer to %s was not written by this user's hostperf, so it is ignored."
              .formatted(id),
          "Delete %s and answer again with `hostperf approve %s`."
              .formatted(folder.path().resolve(id + ANSWER), id),
          e);
    }
  }

  public Instant now() {
    return clock.instant();
  }

  /// Refuses an id that names no question, listing those there are.
  public static Refusal unknown(String id, List<String> known) {
    return new Refusal(
        "There is no approval '%s'; open are: %s."
            .formatted(id, known.isEmpty() ? "none" : String.join(", ", known)),
        "Run `hostperf approvals` to see them.");
  }
}
