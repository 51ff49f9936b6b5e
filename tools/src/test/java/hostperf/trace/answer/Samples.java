package hostperf.trace.answer;

import hostperf.Golden;
import hostperf.Refusal;
import hostperf.catalog.NvtxRanges;
import hostperf.host.Processes;
import hostperf.report.FlatFields;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Real traces kept beside the tests, and the shortest way to have a trace judged.
public final class Samples {
  /// A machine without nsys.
  public static final Processes NO_NSYS =
      (command, _) -> {
        throw new Refusal("There is no program " + command.arguments().getFirst() + ".", "");
      };

  /// What ranges stand for, by the references of this checkout.
  public static final NvtxRanges RANGES = NvtxRanges.read(Golden.root().resolve("references"));

  /// What tables call the steps of TensorRT-LLM.
  public static final String STEP = "[Executor] _forward_step";

  private Samples() {}

  /// Writes an answer as it stands on the wire.
  public static JsonMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .annotationIntrospector(new FlatFields())
        .build();
  }

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
    return new TraceDetector(NO_NSYS).detect(List.of(traces), Settings.defaults(), Samples.RANGES);
  }

  public static Detection.Answer answer(Path... traces) {
    return ((Detection.Found) detection(traces)).answer();
  }

  public static Detection.CannotTell cannotTell(Path... traces) {
    return (Detection.CannotTell) detection(traces);
  }
}
