package hostperf.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import hostperf.Refusal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/// The append-only record of a run: one JSON object a line, synced before `append` returns. A line
/// that a crash cut short is not part of the journal and is cut off by the next append.
public final class Journal {
  private static final JsonMapper JSON = codec();

  private final Path file;
  private final InstantSource clock;

  public Journal(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /// One line: when, and what.
  public record Entry(String at, Event event) {}

  /// The run that these lines tell of; a line that does not follow from those before it is refused.
  Run replay(RunId id) {
    var entries = entries();
    if (entries.isEmpty() || !(entries.getFirst().event() instanceof Event.Started started)) {
      throw new Refusal(
          "The journal of run '%s' has no beginning; the run was interrupted while it started."
              .formatted(id),
          "Begin anew with `start_run`.");
    }
    var run = Run.begin(id, started);
    for (int i = 1; i < entries.size(); i++) {
      try {
        run = run.after(entries.get(i).event());
      } catch (IllegalStateException e) {
        throw damaged(
            "Line %d of %s does not follow from those before it.".formatted(i + 1, file), e);
      }
    }
    return run;
  }

  /// Every whole line, oldest first.
  public List<Entry> entries() {
    try {
      var text = Files.readString(file);
      var entries = new ArrayList<Entry>();
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        entries.add(entry(text.substring(from, end), entries.size() + 1));
        from = end + 1;
      }
      return List.copyOf(entries);
    } catch (CharacterCodingException e) {
      throw damaged("%s holds bytes that are no text.".formatted(file), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the journal", e);
    }
  }

  private static Refusal damaged(String what, Exception cause) {
    return new Refusal(
        what,
        "It was changed or damaged: put the file back from a copy, or move its folder away.",
        cause);
  }

  private Entry entry(String line, int number) {
    try {
      return JSON.readValue(line, Entry.class);
    } catch (JacksonException e) {
      throw damaged("Line %d of %s cannot be read.".formatted(number, file), e);
    }
  }

  /// Adds a line and waits until it is on the disk. Where there is no room, nothing is added.
  public void append(Event event) {
    var line = JSON.writeValueAsString(new Entry(clock.instant().toString(), event)) + "\n";
    boolean isNew = !Files.exists(file);
    try {
      Files.createDirectories(file.getParent());
      // No channel: that would be closed by the interrupt that cancels a job.
      try (var journal = new RandomAccessFile(file.toFile(), "rw")) {
        long end = endOfLastLine(journal);
        journal.setLength(end);
        journal.seek(end);
        journal.write(line.getBytes(StandardCharsets.UTF_8));
        journal.getFD().sync();
      }
    } catch (IOException e) {
      throw new Refusal(
          "The run's journal could not be written (%s), so nothing more is done."
              .formatted(e.getMessage()),
          "Make room on the disk and see that %s may be written, then make the same call again."
              .formatted(file.getParent()),
          e);
    }
    if (isNew) {
      syncFolder();
    }
  }

  /// A new file is only safe once its folder is.
  private void syncFolder() {
    boolean interrupted = Thread.interrupted();
    try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not sync the run's folder", e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long endOfLastLine(RandomAccessFile journal) throws IOException {
    var block = new byte[4096];
    for (long to = journal.length(); to > 0; ) {
      int size = (int) Math.min(block.length, to);
      journal.seek(to - size);
      journal.readFully(block, 0, size);
      for (int i = size - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return to - size + i + 1;
        }
      }
      to -= size;
    }
    return 0;
  }

  private static JsonMapper codec() {
    var names =
        Arrays.stream(Event.class.getPermittedSubclasses())
            .map(c -> new NamedType(c, name(c)))
            .toArray(NamedType[]::new);
    return JsonMapper.builder()
        .addMixIn(Event.class, Tagged.class)
        .registerSubtypes(names)
        // A journal written by a newer version is still readable.
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        // What a damaged line lacks is told by its number, not met as a null later.
        .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .build();
  }

  private static String name(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  private interface Tagged {}
}
