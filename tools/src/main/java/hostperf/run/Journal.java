package hostperf.run;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  /// Every whole line, oldest first.
  public List<Entry> entries() {
    try {
      var text = Files.readString(file);
      var entries = new ArrayList<Entry>();
      int from = 0;
      for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
        entries.add(JSON.readValue(text.substring(from, end), Entry.class));
        from = end + 1;
      }
      return List.copyOf(entries);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the journal", e);
    }
  }

  /// Adds a line and waits until it is on the disk.
  public void append(Event event) {
    var line = JSON.writeValueAsString(new Entry(clock.instant().toString(), event)) + "\n";
    try {
      Files.createDirectories(file.getParent());
      try (var channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        channel.truncate(endOfLastLine(channel));
        channel.position(channel.size());
        var bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write the journal", e);
    }
  }

  private static long endOfLastLine(FileChannel channel) throws IOException {
    var one = ByteBuffer.allocate(1);
    for (long at = channel.size(); at > 0; at--) {
      one.clear();
      channel.read(one, at - 1);
      if (one.get(0) == '\n') {
        return at;
      }
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
        .build();
  }

  private static String name(Class<?> event) {
    return event.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
  private interface Tagged {}
}
