package hostperf.lines;

import hostperf.Refusal;
import hostperf.host.TextFile;
import hostperf.host.TextLines;
import hostperf.host.UnpackedFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/// Reads line_profiler's reports of any release: text, alone, one after the other in a file or out
/// of a log, and `.lprof` files.
///
/// The file is streamed: memory grows with the number of different functions only. Text between
/// functions (a program's own output, the summary that `-m` adds) is passed over. Functions that
/// occur several times are added up. A file that is no report, or is cut or damaged within a
/// function, is a `Refusal` with the line's number and what is expected there. The rich form (`-r`)
/// is for eyes and is not read.
///
/// Formats: `show_func` and `show_text` of line_profiler 1.0 to 5.0.2; `Function Timer Results` of
/// TensorRT-LLM's host profiler.
public final class LineProfileReader {
  private static final int LONGEST_LINE = 100_000;

  private LineProfileReader() {}

  /// The whole report.
  public static ProfileReport read(Path file) {
    var merge = new ProfileMerge();
    read(file, merge);
    return merge.report();
  }

  /// Gives each function to `sink` as it is met.
  public static void read(Path file, ReportSink sink) {
    try {
      if (first(file) == Pickle.FIRST_BYTE) {
        Lprof.read(file, sink);
      } else {
        readText(file, sink);
      }
    } catch (NoSuchFileException e) {
      throw new Refusal(
          "There is no profile " + file + ".", "Name a text report of line_profiler.", e);
    } catch (EOFException | ZipException | UnpackedFile.TooLong e) {
      throw new Refusal(
          "%s cannot be unpacked: %s.".formatted(file, e.getMessage()),
          "Copy it again, or give it unpacked.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void readText(Path file, ReportSink sink) throws IOException {
    // Broken bytes of a source line become U+FFFD: a comment's encoding must not stop the reading.
    try (Reader text = TextFile.reader(UnpackedFile.open(file))) {
      var lines = new TextLines(text, LONGEST_LINE);
      var reports = new LoggedReports(file, sink);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        reports.accept(lines.number(), line.get());
      }
      reports.end(lines.number());
    }
  }

  private static int first(Path file) throws IOException {
    try (InputStream bytes = UnpackedFile.open(file)) {
      int first = bytes.read();
      if (first < 0) {
        throw new Refusal(
            file + " is empty: the profiler wrote nothing.",
            "Check that the profiled functions ran and that the program ended normally.");
      }
      return first;
    }
  }
}
