package hostperf.stacks;

import hostperf.Refusal;
import hostperf.host.TextFile;
import hostperf.host.TextLines;
import hostperf.host.UnpackedFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/// Reads profiles that other profilers wrote, whichever of the known formats a file has, packed by
/// gzip or not. Files are read as they stream in; what is too large is refused.
public final class StackFiles {
  private static final String NEXT =
      "Give a file in one of these formats: py-spy's raw and speedscope formats, speedscope JSON,"
          + " collapsed stacks (Austin, async-profiler, perf), Firefox Profiler JSON, pstats, or"
          + " line_profiler's report.";

  private StackFiles() {}

  private interface Reading<T> {
    T of(InputStream in) throws IOException;
  }

  /// Several profiles as one; refused where some are in seconds and some in samples.
  public static StackProfile sum(List<StackProfile> profiles) {
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

  /// Refused where it is none of the formats that have stacks, or is malformed.
  public static StackProfile read(Path file) {
    return reading(file, in -> FileKind.of(in) == FileKind.JSON ? json(in) : collapsed(in));
  }

  /// Refused where it is no file of cProfile, or is malformed.
  public static CallGraph callGraph(Path file) {
    return reading(file, Pstats::read);
  }

  /// What a file has to be read as; refused where that is nothing that we know.
  public static FileKind kind(Path file) {
    return reading(file, FileKind::of);
  }

  private static <T> T reading(Path file, Reading<T> reading) {
    if (!Files.isRegularFile(file)) {
      throw new Refusal(
          Files.exists(file)
              ? "%s is not a regular file.".formatted(file)
              : "There is no file %s.".formatted(file),
          NEXT);
    }
    try (var in = UnpackedFile.open(file)) {
      return reading.of(in);
    } catch (MalformedStacks | JacksonException | IOException e) {
      throw new Refusal("%s cannot be read as a profile: %s.".formatted(file, reason(e)), NEXT, e);
    }
  }

  private static String reason(Exception e) {
    return switch (e) {
      case JacksonException json when cause(json) instanceof IOException io -> reason(io);
      case JacksonException json when location(json) == null ->
          "its JSON is beyond limits: " + json.getOriginalMessage();
      case JacksonException json ->
          "its JSON is malformed at line %d, column %d"
              .formatted(json.getLocation().getLineNr(), json.getLocation().getColumnNr());
      case EOFException _ -> "its gzip data is cut";
      case ZipException _ -> "its gzip data is damaged";
      default -> String.valueOf(e.getMessage());
    };
  }

  /// Nothing for a limit.
  private static @Nullable TokenStreamLocation location(JacksonException json) {
    return json.getLocation();
  }

  private static @Nullable Throwable cause(JacksonException json) {
    return json.getCause();
  }

  private static StackProfile json(InputStream in) {
    Map<String, Object> json =
        JsonColumns.read(in, Gecko.IGNORED, Map.of(Speedscope.EVENTS, SpeedscopeEvents::read));
    if (Speedscope.isOne(json)) {
      return Speedscope.read(json);
    }
    if (Gecko.isOne(json)) {
      return Gecko.read(json);
    }
    throw new MalformedStacks(ForeignFile.json(json));
  }

  private static StackProfile collapsed(InputStream in) throws IOException {
    try (var text = TextFile.reader(in)) {
      return CollapsedStacks.read(new TextLines(text, CollapsedStacks.LONGEST_ROW));
    }
  }
}
