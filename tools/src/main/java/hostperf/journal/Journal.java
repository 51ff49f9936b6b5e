package hostperf.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import hostperf.Refusal;
import hostperf.StrictJson;
import hostperf.host.FullDisk;
import hostperf.repository.Undisturbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/// The append-only record of a run: one JSON object a line, synced before `append` returns. A
/// journal with a line that this user's hostperf did not write there is refused whole. A line that
/// a crash cut short is not part of the journal and is cut off by the next append.
public final class Journal {
  private static final JsonMapper JSON = codec();

  private final SealedLines lines;
  private final InstantSource clock;

  Journal(Home home, RunId id, InstantSource clock) {
    this.lines = new SealedLines(home, id);
    this.clock = clock;
  }

  /// One line: when, who, and what.
  ///
  /// @param by the token behind the call, where there is one
  public record Entry(
      String at, @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> by, Event event) {}

  /// The run that these lines tell of; a line that does not follow from those before it is refused.
  Run replay() {
    var entries = entries();
    if (entries.isEmpty() || !(entries.getFirst().event() instanceof Event.Started started)) {
      throw new Refusal(
          "The journal of run '%s' has no beginning; the run was interrupted while it started."
              .formatted(lines.id()),
          "Begin again with `start_run`.");
    }
    var run = Run.begin(lines.id(), started);
    for (int i = 1; i < entries.size(); i++) {
      try {
        run = run.after(entries.get(i).event());
      } catch (IllegalStateException e) {
        throw damaged("does not follow from those before it", i + 1, e);
      }
    }
    return run;
  }

  /// Every whole line, oldest first.
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (var text : lines.read()) {
      entries.add(entry(text, entries.size() + 1));
    }
    return List.copyOf(entries);
  }

  private Entry entry(String line, int number) {
    try {
      return JSON.readValue(line, Entry.class);
    } catch (JacksonException e) {
      throw damaged("cannot be read", number, e);
    }
  }

  private Refusal damaged(String what, int number, Exception cause) {
    return new Refusal(
        "Line %d of %s %s.".formatted(number, lines.file(), what),
        "It was changed or damaged: put the file back from a copy, or move its folder away.",
        cause);
  }

  /// Adds a line and waits until it is on the disk. Where there is no room, nothing is added.
  public void append(Event event) {
    var text = JSON.writeValueAsString(new Entry(clock.instant().toString(), Actor.name(), event));
    // The interrupt that cancels a job would close the file.
    Undisturbed.act(() -> append(text));
  }

  private void append(String text) {
    try {
      lines.append(text);
    } catch (IOException | UncheckedIOException e) {
      throw FullDisk.behind(e)
          .orElseGet(
              () ->
                  new Refusal(
                      "The run's journal could not be written (%s), so nothing more is done."
                          .formatted(e.getMessage()),
                      "See that %s may be written, then try again."
                          .formatted(lines.file().getParent()),
                      e));
    }
  }

  private static JsonMapper codec() {
    var names =
        Arrays.stream(Event.class.getPermittedSubclasses())
            .map(c -> new NamedType(c, name(c)))
            .toArray(NamedType[]::new);
    return StrictJson.builder()
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
