package hostperf.trace.answer;

import hostperf.Refusal;
import hostperf.host.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Real traces kept beside the tests, and the shortest way to have a trace judged.
public final class Samples {
  /// A machine without nsys.
  public static final Processes NO_NSYS =
      (command, _) -> {
        throw new Refusal("There is no program " + command.arguments().getFirst() + ".", "");
      };

  private Samples() {}

  public static Path packed(String name) {
    return Path.of(Objects.requireNonNull(Samples.class.getResource("/traces/" + name)).getPath());
  }

  public static Path unpacked(String name, Path folder) {
    Path file = folder.resolve(name.replaceFirst("\\.gz$", ""));
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(packed(name)))) {
      Files.copy(stream, file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Detection detection(Path... traces) {
    return new TraceDetector(NO_NSYS)
        .detect(List.of(traces), Settings.defaults(), _ -> Optional.empty());
  }

  public static Detection.Answer answer(Path... traces) {
    return ((Detection.Found) detection(traces)).answer();
  }

  public static Detection.CannotTell cannotTell(Path... traces) {
    return (Detection.CannotTell) detection(traces);
  }
}
