package hostperf.trace.read;

import hostperf.Refusal;
import hostperf.host.Command;
import hostperf.host.Finished;
import hostperf.host.Processes;
import hostperf.trace.read.Reading.Unreadable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An nsys report (`.nsys-rep`): nsys itself exports it into a temporary folder.
final class NsysReport {
  /// A report of some gigabytes takes minutes.
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final Path path;
  private final Processes processes;

  NsysReport(Path path, Processes processes) {
    this.path = path;
    this.processes = processes;
  }

  Reading read(CallDetail detail) {
    try {
      Path folder = Files.createTempDirectory("hostperf-");
      Path export = folder.resolve("export.sqlite");
      try {
        Optional<Finished> finished = exported(folder, export);
        if (finished.isEmpty()) {
          return new Unreadable(
              path.getFileName()
                  + " is an nsys report, and there is no program nsys here to read it.",
              "the SQLite export of the report",
              "Where nsys is installed, run: " + Capture.export(path));
        }
        return finished.get().succeeded() && Files.exists(export)
            ? new NsysSqliteReader(export, path, detail).read()
            : failed(finished.get());
      } finally {
        Files.deleteIfExists(export);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the first nsys that can be started made of it; empty where none can.
  private Optional<Finished> exported(Path folder, Path export) {
    for (String nsys : NsysPrograms.candidates()) {
      try {
        Finished whole = processes.run(command(nsys, folder, export, Blobs.INCLUDED));
        return Optional.of(
            whole.succeeded()
                ? whole
                : processes.run(command(nsys, folder, export, Blobs.UNKNOWN)));
      } catch (Refusal _) {
        // The next one, then.
      }
    }
    return Optional.empty();
  }

  /// Stacks of Python samples are blobs; nsys of 2023 has them always or never.
  private enum Blobs {
    INCLUDED,
    UNKNOWN;

    List<String> options() {
      return this == INCLUDED ? List.of("--include-blobs=true") : List.of();
    }
  }

  private Command command(String nsys, Path folder, Path export, Blobs blobs) {
    var words = new ArrayList<>(List.of(nsys, "export", "--type", "sqlite"));
    words.addAll(blobs.options());
    words.addAll(
        List.of(
            "--force-overwrite",
            "true",
            "--output",
            export.toString(),
            path.toAbsolutePath().toString()));
    return new Command(folder, LIMIT, words.toArray(String[]::new));
  }

  private Unreadable failed(Finished finished) {
    String last = finished.output().strip().lines().reduce((_, line) -> line).orElse("no output");
    return new Unreadable(
        "nsys could not export " + path.getFileName() + ": " + last,
        "the SQLite export of the report",
        "See whether the report is whole and nsys as new as the one that wrote it, then run: "
            + Capture.export(path));
  }
}
