package hostperf.trace.read;

import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads torch-profiler (Kineto) traces, plain or gzipped, one event at a time.
///
/// Host ranges are events of category `user_annotation` only: their GPU-side twins bear the same
/// names under `gpu_user_annotation`.
final class KinetoReader {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final Path path;

  KinetoReader(Path path) {
    this.path = path;
  }

  Reading read() {
    var events = new KinetoEvents();
    try (InputStream stream = open();
        JsonParser json = factory().createParser(ObjectReadContext.empty(), stream)) {
      document(json, events);
    } catch (JacksonException | ZipException | java.io.EOFException e) {
      return new Unreadable(
          path.getFileName() + " ends or breaks in the middle: " + firstLine(e),
          "the rest of the JSON document",
          "Wait until the profiler has written the whole file, or copy it again. "
              + Capture.KINETO);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return checked(events);
  }

  private Reading checked(KinetoEvents events) {
    if (!events.hasKernels()) {
      return new Unreadable(
          path.getFileName() + " records no GPU kernel: it is a CPU-only trace.",
          "events of category kernel",
          Capture.KINETO);
    }
    if (!events.hasRanges()) {
      return new Unreadable(
          path.getFileName() + " records no user range, so no step can be told from another.",
          "events of category user_annotation",
          "Mark the steps with torch.profiler.record_function, as TensorRT-LLM's nvtx_range does"
              + " under TLLM_TORCH_PROFILE_TRACE. "
              + Capture.KINETO);
    }
    return new Read(events.trace(path));
  }

  private InputStream open() throws IOException {
    // A channel's stream ends when the job is cancelled; that of `Files` reads on.
    var stream = new BufferedInputStream(Channels.newInputStream(FileChannel.open(path)), 1 << 16);
    stream.mark(2);
    int magic = stream.read() << 8 | stream.read();
    stream.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(stream, 1 << 16) : stream;
  }

  private static JsonFactory factory() {
    // Kineto writes Infinity and NaN for some bandwidths.
    return JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
  }

  /// The events stand in `traceEvents`, or are the document itself.
  private static void document(JsonParser json, KinetoEvents events) {
    JsonToken first = json.nextToken();
    if (first == JsonToken.START_ARRAY) {
      array(json, events);
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      return;
    }
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isEvents = json.currentName().equals("traceEvents");
      if (json.nextToken() == JsonToken.START_ARRAY && isEvents) {
        array(json, events);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void array(JsonParser json, KinetoEvents events) {
    var event = new KinetoEvent();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        event.read(json);
        events.add(event);
      } else {
        json.skipChildren();
      }
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
