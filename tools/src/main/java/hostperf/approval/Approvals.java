package hostperf.approval;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The questions and answers of one folder: `<id>.json` is a question, `<id>.answer.json` its
/// answer, `<id>.used` says that it was acted on. Each file is created once, so the first answer
/// wins whichever process writes it.
public final class Approvals {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  private final Path folder;
  private final InstantSource clock;
  private final Supplier<String> newId;

  public Approvals(Path folder, InstantSource clock, Supplier<String> newId) {
    this.folder = folder;
    this.clock = clock;
    this.newId = newId;
  }

  /// The open question for this subject, asked anew where there is none or it has expired. A
  /// question that was answered and used is not found again.
  public Approval question(
      Optional<String> runId, Approval.Kind kind, String subject, String shown) {
    var known =
        all().stream()
            .filter(a -> a.kind() == kind && a.subject().equals(subject))
            .filter(a -> !isUsed(a.id()) && clock.instant().isBefore(a.expires()))
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    var approval = new Approval(newId.get(), runId, kind, subject, shown, clock.instant());
    create(folder.resolve(approval.id() + ".json"), JSON.writeValueAsString(approval));
    return approval;
  }

  /// Stores an answer; where one is stored already, that one stands and is returned.
  public Decision.Answer answer(Decision.Answer answer) {
    var file = folder.resolve(answer.approvalId() + ".answer.json");
    if (create(file, JSON.writeValueAsString(answer))) {
      return answer;
    }
    return readAnswer(answer.approvalId()).orElseThrow();
  }

  /// What has come of the question so far.
  public Decision decision(Approval approval) {
    var answer = readAnswer(approval.id());
    if (answer.isPresent()) {
      return answer.get().yes()
          ? new Decision.Approved(answer.get())
          : new Decision.Declined(answer.get());
    }
    if (!clock.instant().isBefore(approval.expires())) {
      return new Decision.Expired(approval.id(), approval.expires());
    }
    return new Decision.Pending(approval.id());
  }

  /// Those for this subject that nobody answered in time.
  public List<Approval> expired(Approval.Kind kind, String subject) {
    return all().stream()
        .filter(a -> a.kind() == kind && a.subject().equals(subject))
        .filter(a -> decision(a) instanceof Decision.Expired)
        .toList();
  }

  /// Marks a yes as acted on; false when it was used before, so that it is used once.
  public boolean use(String approvalId) {
    return create(folder.resolve(approvalId + ".used"), clock.instant().toString());
  }

  public boolean isUsed(String approvalId) {
    return Files.exists(folder.resolve(approvalId + ".used"));
  }

  /// Every question of this folder, oldest first; what is no question any more is asked anew.
  public List<Approval> all() {
    var found = new ArrayList<Approval>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
      for (Path file : files) {
        if (!file.getFileName().toString().endsWith(".answer.json")) {
          read(file, Approval.class).ifPresent(found::add);
        }
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(java.util.Comparator.comparing(Approval::asked).thenComparing(Approval::id));
    return List.copyOf(found);
  }

  /// The question with this id.
  public Optional<Approval> find(String id) {
    return all().stream().filter(a -> a.id().equals(id)).findFirst();
  }

  /// Who answered, if anybody has.
  public Optional<Decision.Answer> readAnswer(String id) {
    var file = folder.resolve(id + ".answer.json");
    try {
      var answer = read(file, Decision.Answer.class).filter(a -> a.approvalId().equals(id));
      if (answer.isEmpty() && Files.exists(file)) {
        throw new Refusal(
            "The answer to %s cannot be read, so it counts for nothing.".formatted(id),
            "Delete %s and answer anew with `hostperf approve %s`.".formatted(file, id));
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Empty where there is no such file, and where it was damaged.
  private static <T> Optional<T> read(Path file, Class<T> type) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), type));
    } catch (NoSuchFileException | JacksonException _) {
      return Optional.empty();
    }
  }

  public Instant now() {
    return clock.instant();
  }

  private boolean create(Path file, String content) {
    try {
      Files.createDirectories(folder);
      // Written aside and linked into place: whoever sees the file sees all of it, and only one
      // writer can create it.
      Path draft = Files.createTempFile(folder, ".draft", "");
      try {
        Files.write(draft, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.DSYNC);
        Files.createLink(file, draft);
        return true;
      } catch (FileAlreadyExistsException _) {
        return false;
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + file.getFileName(), e);
    }
  }

  /// Refuses an id that names no question, listing those there are.
  public static Refusal unknown(String id, List<String> known) {
    return new Refusal(
        "There is no approval '%s'; open are: %s."
            .formatted(id, known.isEmpty() ? "none" : String.join(", ", known)),
        "Run `hostperf approvals` to see them.");
  }
}
