package hostperf.run;

import hostperf.host.LocalProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The files that tell of a checkout's jobs, also of those whose process has gone.
public final class JobFiles {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  /// @param home `.hostperf/` of the checkout
  public JobFiles(Path home) {
    this.folder = home.resolve("jobs");
  }

  /// Every job, oldest first. One whose process has gone while it ran counts as failed; a file
  /// that is no job's is left out.
  public List<Jobs.Entry> all() {
    var found = new ArrayList<Jobs.Entry>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "job-*.json")) {
      for (Path file : files) {
        read(file).map(j -> isAbandoned(j) ? cutOff(j) : j).ifPresent(found::add);
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the jobs", e);
    }
    found.sort(Comparator.comparing(r -> r.times().started()));
    return List.copyOf(found);
  }

  /// Those whose process has gone, as their files still tell them.
  List<Jobs.Entry> abandoned() {
    var found = new ArrayList<Jobs.Entry>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "job-*.json")) {
      for (Path file : files) {
        read(file).filter(JobFiles::isAbandoned).ifPresent(found::add);
      }
    } catch (NoSuchFileException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the jobs", e);
    }
    return List.copyOf(found);
  }

  /// Ends what an abandoned job left running and writes down that it is over.
  ///
  /// @return how many processes were ended
  int settle(Jobs.Entry job) {
    int ended = new LocalProcesses().endMarked(job.process().mark());
    write(cutOff(job));
    return ended;
  }

  void write(Jobs.Entry job) {
    var _ = new RunFolder(folder).write(job.jobId() + ".json", JSON.writeValueAsString(job));
  }

  private static Optional<Jobs.Entry> read(Path file) throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), Jobs.Entry.class));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static Jobs.Entry cutOff(Jobs.Entry job) {
    return new Jobs.Entry(
        job.jobId(),
        job.work(),
        Jobs.State.FAILED,
        job.process(),
        job.times(),
        Optional.of(
            "The server that did this job ended before it was done. Call `%s` again."
                .formatted(job.tool())),
        Optional.empty());
  }

  private static boolean isAbandoned(Jobs.Entry job) {
    return job.state() == Jobs.State.RUNNING
        && ProcessHandle.of(job.process().pid())
            .filter(p -> startOf(p).equals(job.process().started()))
            .isEmpty();
  }

  /// When a process began, so that a reused id is not mistaken for it.
  static String startOf(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("");
  }
}
