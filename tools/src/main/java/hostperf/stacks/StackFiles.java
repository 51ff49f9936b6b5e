package hostperf.stacks;

import hostperf.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the profiles of sampling profilers, whichever of the known formats a file has.
public final class StackFiles {
  private static final String KNOWN =
      "py-spy's raw and speedscope formats, speedscope JSON, collapsed stacks";

  private StackFiles() {}

  /// Several files as one profile, such as one a rank.
  public static StackProfile read(List<Path> files) {
    var profiles = files.stream().map(StackFiles::read).toList();
    var units = profiles.stream().map(StackProfile::unit).distinct().toList();
    if (units.size() != 1) {
      throw new Refusal(
          "Some of the profiles are in seconds and some in samples, so they do not add up.",
          "Give files of one format.");
    }
    return new StackProfile(
        profiles.stream().flatMap(p -> p.tracks().stream()).toList(),
        units.getFirst(),
        profiles.getFirst().source());
  }

  /// Refused where it is none of the known formats, or is malformed.
  public static StackProfile read(Path file) {
    try {
      return isJson(file) ? json(file) : collapsed(file);
    } catch (MalformedStacks | JacksonException e) {
      throw new Refusal(
          "%s cannot be read as a profile: %s.".formatted(file, reason(e)),
          "Give a file in one of these formats: " + KNOWN + ".",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reason(RuntimeException e) {
    return e instanceof JacksonException json
        ? "its JSON is malformed at line %d, column %d"
            .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr())
        : String.valueOf(e.getMessage());
  }

  private static boolean isJson(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var start = new String(in.readNBytes(64), StandardCharsets.UTF_8).replace("\ufeff", "");
      return start.stripLeading().startsWith("{");
    }
  }

  private static StackProfile json(Path file) {
    JsonNode json = JsonMapper.shared().readTree(file.toFile());
    if (Speedscope.isOne(json)) {
      return Speedscope.read(json);
    }
    throw new MalformedStacks("it is JSON, but not speedscope's");
  }

  private static StackProfile collapsed(Path file) throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return CollapsedStacks.read(lines);
    } catch (UncheckedIOException e) {
      throw new MalformedStacks("it is no text in UTF-8");
    }
  }
}
