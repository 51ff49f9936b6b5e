package hostperf.trace.read;

import hostperf.Refusal;
import hostperf.host.Processes;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.sqlite.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Finds trace files and picks the reader for each by its content.
public final class TraceFiles {
  private static final List<String> ENDINGS =
      List.of(".sqlite", ".sqlite.gz", ".nsys-rep", ".json", ".json.gz");

  private final Processes processes;

  public TraceFiles(Processes processes) {
    this.processes = processes;
  }

  /// The files behind what was named: a folder stands for the traces in it, one a rank.
  public static List<Path> named(List<Path> named) {
    if (named.isEmpty()) {
      throw new Refusal("No trace was named.", "Name a file, a folder or a list of files.");
    }
    return named.stream()
        .flatMap(path -> Files.isDirectory(path) ? inside(path) : Stream.of(file(path)))
        .distinct()
        .toList();
  }

  private static Path file(Path path) {
    // A device has no end, and standard input belongs to the client.
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new Refusal(
          "There is no readable file \"" + path + "\".",
          "Name a trace: " + String.join(", ", ENDINGS) + ", or a folder of them.");
    }
    return path;
  }

  private static Stream<Path> inside(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.filter(TraceFiles::isTrace).sorted().toList();
      // An export beside its report is the same trace.
      List<Path> traces =
          all.stream().filter(path -> export(path).filter(all::contains).isEmpty()).toList();
      if (traces.isEmpty()) {
        throw new Refusal(
            "The folder \"" + folder + "\" holds no trace.",
            "Name a folder with files ending in " + String.join(", ", ENDINGS) + ".");
      }
      return traces.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isTrace(Path path) {
    return ENDINGS.stream().anyMatch(path.getFileName().toString()::endsWith);
  }

  /// Where the SQLite export of an nsys report lies by nsys' own habit.
  private static Optional<Path> export(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".nsys-rep")
        ? Optional.of(path.resolveSibling(name.replaceFirst("\\.nsys-rep$", ".sqlite")))
        : Optional.empty();
  }

  public Reading read(Path path, CallDetail detail) {
    Optional<Path> export = export(path);
    if (export.isPresent()) {
      return Files.isReadable(export.get())
          ? new NsysSqliteReader(export.get(), detail).read()
          : new NsysReport(path, processes).read(detail);
    }
    byte[] head = head(path);
    if (SqliteFile.startsLikeOne(head)) {
      return new NsysSqliteReader(path, detail).read();
    }
    if (isGzip(head)) {
      return SqliteFile.startsLikeOne(unpackedHead(path))
          ? new PackedSqlite(path).read(detail)
          : new KinetoReader(path).read();
    }
    return firstLetter(head) == '{' || firstLetter(head) == '['
        ? new KinetoReader(path).read()
        : unknown(path);
  }

  private static Unreadable unknown(Path path) {
    return new Unreadable(
        path.getFileName()
            + (isEmpty(path) ? " is empty." : " is neither a SQLite database nor JSON."),
        "a trace: nsys' SQLite export or report, or a torch-profiler JSON, plain or gzipped",
        "Export the nsys report with: " + Capture.exportAgain(path));
  }

  private static boolean isEmpty(Path path) {
    return head(path).length == 0;
  }

  private static char firstLetter(byte[] head) {
    // Tools on Windows put a byte-order mark first.
    String text = new String(head, StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "").strip();
    return text.isEmpty() ? ' ' : text.charAt(0);
  }

  private static boolean isGzip(byte[] head) {
    return head.length > 1 && head[0] == (byte) 0x1f && head[1] == (byte) 0x8b;
  }

  private static byte[] head(Path path) {
    try (InputStream stream = Files.newInputStream(path)) {
      return stream.readNBytes(64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] unpackedHead(Path path) {
    try (InputStream stream = new GZIPInputStream(Files.newInputStream(path))) {
      return stream.readNBytes(16);
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      return new byte[0];
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
