package hostperf.profile;

import hostperf.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads line_profiler's text reports of any release, alone or one after the other in a file.
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
  private LineProfileReader() {}

  /// The whole report.
  public static ProfileReport read(Path file) {
    var merge = new ProfileMerge();
    read(file, merge);
    return merge.report();
  }

  /// Gives each function to `sink` as it is met.
  static void read(Path file, ReportSink sink) {
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
      refuseWhatIsNoText(file, bytes);
      // Broken bytes of a source line become U+FFFD: a comment's encoding must not stop the
      // reading.
      var lines = new ReportLines(new InputStreamReader(bytes, StandardCharsets.UTF_8));
      var parser = new ReportParser(file, sink);
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        parser.accept(lines.number(), line.get());
      }
      parser.end(lines.number());
    } catch (NoSuchFileException e) {
      throw new Refusal(
          "There is no profile " + file + ".", "Name a text report of line_profiler.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseWhatIsNoText(Path file, InputStream bytes) throws IOException {
    bytes.mark(1);
    int first = bytes.read();
    bytes.reset();
    // Pickle protocol 2 and later begins with this byte; no UTF-8 text does.
    if (first == 0x80) {
      throw new Refusal(
          file + " holds pickled results of line_profiler (.lprof), not its text report.",
          "Make the text with `python3 -m line_profiler " + file + " > profile.txt`.");
    }
    if (first < 0) {
      throw new Refusal(
          file + " is empty: the profiler wrote nothing.",
          "Check that the profiled functions ran and that the program ended normally.");
    }
  }
}
