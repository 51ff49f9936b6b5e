package hostperf.trace.read;

import hostperf.Refusal;
import hostperf.host.Processes;
import hostperf.trace.read.Reading.Unreadable;
import hostperf.trace.sqlite.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// Finds trace files and picks the reader for each by its content.
public final class TraceFiles {
  private static final List<String> ENDINGS =
      List.of(".sqlite", ".sqlite.gz", ".nsys-rep", ".json", ".json.gz");

  private final Processes processes;
  private final List<String> remarks = new ArrayList<>();

  public TraceFiles(Processes processes) {
    this.processes = processes;
  }

  /// A file to read.
  ///
  /// @param isFromFolder found in a folder, not named by itself
  public record Named(Path path, boolean isFromFolder) {}

  /// The files behind what was named: a folder stands for the traces in it, one a rank.
  public List<Named> named(List<Path> named) {
    if (named.isEmpty()) {
      throw new Refusal("No trace was named.", "Name a file, a folder or a list of files.");
    }
    return named.stream()
        .flatMap(
            path ->
                Files.isDirectory(path)
                    ? inside(path).map(file -> new Named(file, true))
                    : Stream.of(new Named(file(path), false)))
        .distinct()
        .toList();
  }

  /// What there is to say about the files that were named.
  public List<String> remarks() {
    return List.copyOf(remarks);
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

  private Stream<Path> inside(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all =
          entries.filter(TraceFiles::isTrace).filter(Files::isRegularFile).sorted().toList();
      // An export beside its report is the same trace, and so is a merged file beside its ranks'.
      List<Path> single =
          all.stream().filter(path -> export(path).filter(all::contains).isEmpty()).toList();
      List<Path> ranks = single.stream().filter(path -> !isMerged(path)).toList();
      List<Path> traces = ranks.stream().anyMatch(TraceFiles::mayBeTrace) ? ranks : single;
      single.stream()
          .filter(path -> !traces.contains(path))
          .forEach(
              path ->
                  remarks.add(
                      path.getFileName() + " is merged from files beside it and passed over."));
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

  /// SGLang merges the ranks' traces into `merged-….trace.json.gz` beside them.
  private static boolean isMerged(Path path) {
    return path.getFileName().toString().startsWith("merged-");
  }

  /// Engines write other JSON beside their traces: `server_args.json`.
  private static boolean mayBeTrace(Path path) {
    return !path.getFileName().toString().equals("server_args.json");
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
    try {
      return readable(path, detail);
    } catch (UncheckedIOException e) {
      var cause = Objects.requireNonNull(e.getCause());
      // A job that was cancelled closes what it reads.
      if (cause instanceof ClosedChannelException) {
        throw e;
      }
      return new Unreadable(
          "%s cannot be read: %s.".formatted(path.getFileName(), cause.getMessage()),
          "a file that can be read to its end",
          "Copy it again, or name another one.");
    }
  }

  private Reading readable(Path path, CallDetail detail) {
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
