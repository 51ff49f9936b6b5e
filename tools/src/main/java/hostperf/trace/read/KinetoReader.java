package hostperf.trace.read;

import hostperf.trace.read.Reading.Read;
import hostperf.trace.read.Reading.Unreadable;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;

/// Reads torch-profiler (Kineto) traces, plain or gzipped, one event at a time.
final class KinetoReader {
  private static final int GZIP_MAGIC = 0x1f8b;

  private final Path path;

  KinetoReader(Path path) {
    this.path = path;
  }

  Reading read() {
    var events = new KinetoEvents();
    var document = new KinetoDocument(events);
    try (InputStream stream = open()) {
      document.read(stream);
    } catch (JacksonIOException e) {
      // The first bytes are read before there is a parser.
      return damaged(Objects.requireNonNull(e.getCause()));
    } catch (JacksonException e) {
      return malformed(e);
    } catch (ZipException | EOFException e) {
      return damaged(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return checked(document, events);
  }

  private Unreadable damaged(IOException e) {
    return switch (e) {
      case ZipException _ -> damaged("has damaged compressed data");
      case EOFException _ -> damaged("ends in the middle of its compressed data");
      default -> throw new UncheckedIOException(e);
    };
  }

  private Unreadable damaged(String how) {
    return new Unreadable(
        "%s %s; no event can be read.".formatted(path.getFileName(), how),
        "the whole file",
        "Wait until the profiler has written the whole file, or copy it again. " + Capture.KINETO);
  }

  private Unreadable malformed(JacksonException e) {
    var place = e.getLocation();
    return new Unreadable(
        "%s is malformed JSON at line %d, column %d: %s"
            .formatted(
                path.getFileName(),
                place == null ? 0 : place.getLineNr(),
                place == null ? 0 : place.getColumnNr(),
                firstLine(e)),
        "a well-formed JSON document",
        "Fix the file there, or write it again. " + Capture.KINETO);
  }

  private Reading checked(KinetoDocument document, KinetoEvents events) {
    if (document.cut().isPresent()) {
      KinetoDocument.Cut cut = document.cut().get();
      if (!events.hasKernels()) {
        return cutOff(cut, events, "None of them is a GPU kernel.");
      }
      if (!events.canBeCutShort()) {
        return cutOff(
            cut,
            events,
            "They are not in order of time, so what is missing may be anywhere and would"
                + " look like idle time.");
      }
      events.cutShort(path, cut);
      if (!events.hasKernels()) {
        return cutOff(
            cut,
            events,
            "There is no stretch of time for which both the GPU's work and the calls were read.");
      }
    }
    if (!document.hasEvents()) {
      return new Unreadable(
          path.getFileName()
              + " is JSON but no Chrome trace: it has no list \"traceEvents\"."
              + (document.looksLikeNsys() ? " Its lines look like an export of nsys." : ""),
          "nsys' SQLite export, or a torch-profiler trace",
          document.looksLikeNsys()
              ? "Export the nsys report with: " + Capture.exportAgain(path)
              : Capture.KINETO);
    }
    if (!events.hasKernels()) {
      return new Unreadable(
          path.getFileName() + " records no GPU kernel: it is a CPU-only trace.",
          "events of category kernel",
          Capture.KINETO);
    }
    return new Read(events.trace(path, document));
  }

  private Unreadable cutOff(KinetoDocument.Cut cut, KinetoEvents events, String why) {
    return new Unreadable(
        "%s %s, at %s, after %,d events. %s"
            .formatted(path.getFileName(), cut.how(), cut.place(), events.count(), why),
        "the rest of the JSON document",
        "Wait until the profiler has written the whole file, or copy it again. " + Capture.KINETO);
  }

  private InputStream open() throws IOException {
    // A channel's stream ends when the job is cancelled; that of `Files` reads on.
    var stream = new BufferedInputStream(Channels.newInputStream(FileChannel.open(path)), 1 << 16);
    stream.mark(2);
    int magic = stream.read() << 8 | stream.read();
    stream.reset();
    return new AheadStream(magic == GZIP_MAGIC ? new GZIPInputStream(stream, 1 << 16) : stream);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }
}
